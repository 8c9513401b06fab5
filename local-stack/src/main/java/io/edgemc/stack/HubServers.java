package io.edgemc.stack;

import io.edgemc.servers.kafka.EmbeddedKafkaServer;
import io.edgemc.servers.kafka.KafkaOptions;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.postgres.EmbeddedPostgresServer;
import io.edgemc.servers.postgres.PostgresOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The database server and the broker under a local hub. */
record HubServers(EmbeddedPostgresServer postgres, EmbeddedKafkaServer kafka, Map<String, Database> databases)
        implements AutoCloseable {

    /** Services that keep a database of their own. */
    private static final Iterable<String> OWNERS = java.util.List.of("placement", "mailbox", "c2p");

    /** Starts both at the same time; what was stored is still there, also after a crash. */
    static HubServers start(HubOptions options, HubKeys keys) throws IOException {
        CompletableFuture<EmbeddedKafkaServer> kafka = CompletableFuture.supplyAsync(() -> startKafka(options));
        EmbeddedPostgresServer postgres = null;
        try {
            postgres = startPostgres(options);
            Map<String, Database> databases = new LinkedHashMap<>();
            for (String owner : OWNERS) {
                databases.put(owner, postgres.createDatabase(owner, owner, keys.databasePassword(owner)));
            }
            return new HubServers(postgres, kafka.join(), Map.copyOf(databases));
        } catch (RuntimeException | IOException | Error e) {
            if (postgres != null) {
                postgres.close();
            }
            // Also one that is still starting; if it fails, e has come first and is the one to tell.
            kafka.handle((broker, failure) -> {
                        if (broker != null) {
                            broker.close();
                        }
                        return broker;
                    })
                    .join();
            if (e instanceof CompletionException && e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Stops both at the same time. */
    @Override
    public void close() {
        CompletableFuture<Void> broker = CompletableFuture.runAsync(kafka::close);
        try {
            postgres.close();
        } finally {
            broker.join();
        }
    }

    private static EmbeddedPostgresServer startPostgres(HubOptions options) {
        return EmbeddedPostgresServer.start(
                options.durable()
                        ? PostgresOptions.durable(options.directory().postgres())
                        : PostgresOptions.fast(options.directory().postgres()));
    }

    private static EmbeddedKafkaServer startKafka(HubOptions options) {
        return EmbeddedKafkaServer.start(
                options.durable()
                        ? KafkaOptions.durable(options.directory().kafka())
                        : KafkaOptions.fast(options.directory().kafka()));
    }
}
