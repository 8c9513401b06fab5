package io.edgemc.servers.postgres;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.process.DirectoryLock;
import io.edgemc.servers.process.LoopbackPort;
import io.edgemc.servers.process.Signal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server as a child process, on 127.0.0.1 only, with passwords (SCRAM). If this JVM is killed, the
 * server goes on until the next {@link #start} on its directory ends it and takes over; committed data stays.
 * Thread-safe. Whoever starts it closes it; it has no shutdown hook of its own, because its users must end first.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgresServer.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration FAST_STOP = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 4;

    private final int port;
    private final ChildProcess process;
    private final DirectoryLock lock;
    private final Provisioning provisioning;

    private EmbeddedPostgresServer(int port, ChildProcess process, DirectoryLock lock, Provisioning provisioning) {
        this.port = port;
        this.process = process;
        this.lock = lock;
        this.provisioning = provisioning;
    }

    /**
     * Starts a server and waits until it takes connections.
     *
     * @throws ServerFailure with the reason and the end of the server's log
     */
    public static EmbeddedPostgresServer start(PostgresOptions options) {
        long began = System.nanoTime();
        PostgresBinaries binaries = PostgresBinaries.unpacked();
        List<String> prefix = Unprivileged.prefix();
        DirectoryLock lock = DirectoryLock.take(options.directory());
        try {
            DataDirectory directory = new DataDirectory(options.directory());
            directory.endOrphan();
            directory.initialise(binaries, prefix, options.durability() == PostgresOptions.Durability.DURABLE);
            EmbeddedPostgresServer server = startProcess(options, binaries, prefix, directory, lock);
            log.info(
                    "PostgreSQL is ready on 127.0.0.1:{} after {} ms, data in {}",
                    server.port,
                    (System.nanoTime() - began) / 1_000_000,
                    options.directory());
            return server;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedPostgresServer startProcess(
            PostgresOptions options,
            PostgresBinaries binaries,
            List<String> prefix,
            DataDirectory directory,
            DirectoryLock lock) {
        for (int attempt = 1; ; attempt++) {
            int port = LoopbackPort.choose(options.port());
            List<String> command = new ArrayList<>(prefix);
            command.addAll(PostgresCommand.line(options, binaries, directory.data(), port));
            ChildProcess process = ChildProcess.start(
                    DataDirectory.PROCESS_NAME, options.directory(), command, Map.of("TZ", "UTC", "LC_ALL", "C"));
            Provisioning provisioning = new Provisioning(port, directory.superuserPassword());
            try {
                process.await(provisioning::accepts, START_LIMIT);
                return new EmbeddedPostgresServer(port, process, lock, provisioning);
            } catch (ServerFailure e) {
                process.stop(Signal.QUIT, FAST_STOP);
                // A port may be lost between the choice and the bind; killed backends take a moment to let go of
                // the shared memory of their server.
                boolean passing = e.getMessage().contains("still in use") || options.port() == 0 && portWasLost(e);
                if (attempt == ATTEMPTS || e.reason() != Reason.DIED || !passing) {
                    throw e;
                }
                log.info("PostgreSQL could not start (attempt {}), trying again", attempt);
            }
        }
    }

    private static boolean portWasLost(ServerFailure e) {
        return e.getMessage().contains("could not bind");
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The pid of the server's first process. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Done when the server has ended, for whatever reason. */
    public CompletableFuture<Void> onExit() {
        return process.onExit();
    }

    /** The server's log. */
    public Path logFile() {
        return process.logFile();
    }

    /**
     * Makes sure that a role of that name, with that password, owns a database of that name. Idempotent; an existing
     * role gets the password.
     *
     * @param name database; lower-case letters, digits and underscores
     * @param user role; likewise
     * @throws ServerFailure {@code REFUSED} if the server does not do it
     */
    public Database createDatabase(String name, String user, String password) {
        provisioning.createDatabase(name, user, password);
        return database(name, user, password);
    }

    /** Removes a database and ends its sessions; an absent one is fine. */
    public void dropDatabase(String name) {
        provisioning.dropDatabase(name);
    }

    /** The address of an existing database. */
    public Database database(String name, String user, String password) {
        return new Database(name, user, password, Provisioning.url(port, name));
    }

    /** A connection as superuser to the maintenance database; the caller closes it. */
    public Connection superuser() throws SQLException {
        return provisioning.connect();
    }

    /** Shuts down cleanly: sessions are ended, data is checkpointed, files are closed. Idempotent. */
    @Override
    public void close() {
        process.stop(Signal.INT, FAST_STOP);
        lock.close();
    }
}
