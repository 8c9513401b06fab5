package io.edgemc.servers.testing;

import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.postgres.EmbeddedPostgresServer;
import io.edgemc.servers.postgres.PostgresOptions;
import io.edgemc.servers.process.ScratchFolder;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL server per test JVM, started at first use, gone with the JVM. Thread-safe. */
public final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    /** The server. Nothing waits for the disk. */
    public static EmbeddedPostgresServer shared() {
        return Shared.SERVER;
    }

    /** A new, empty database that nobody else uses, owned by a role of its own. */
    public static Database freshDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        return shared().createDatabase(name, name, "test");
    }

    /** The language's own lazy and thread-safe start. */
    private static final class Shared {
        private static final EmbeddedPostgresServer SERVER = start();

        private static EmbeddedPostgresServer start() {
            ScratchFolder folder = ScratchFolder.create("postgres");
            EmbeddedPostgresServer server = EmbeddedPostgresServer.start(
                    PostgresOptions.fast(folder.path().resolve("server")));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder), "end-test-postgres"));
            return server;
        }

        private static void end(EmbeddedPostgresServer server, ScratchFolder folder) {
            try (folder) {
                server.close();
            }
        }
    }
}
