package io.edgemc.stack;

import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.postgres.PostgresOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The database server and the broker under a local hub. */
record HubServers(PostgresKeeper postgres, BrokerStart broker, Map<String, Database> databases)
        implements AutoCloseable {

    /** Services that keep a database of their own. */
    private static final List<String> OWNERS = List.of("placement", "mailbox", "c2p");

    /**
     * Starts both at the same time, and returns when the databases are there; the broker may be starting still. What was stored is
     * still there, also after a crash.
     *
     * @throws io.edgemc.servers.ServerFailure if the database server cannot start
     * @throws IOException if a password cannot be kept
     */
    static HubServers start(HubOptions options, HubKeys keys) throws IOException {
        BrokerStart broker = BrokerStart.begin(options);
        PostgresKeeper postgres = null;
        try {
            postgres = startPostgres(options);
            Map<String, Database> databases = new LinkedHashMap<>();
            for (String owner : OWNERS) {
                databases.put(owner, postgres.server().createDatabase(owner, owner, keys.databasePassword(owner)));
            }
            return new HubServers(postgres, broker, Map.copyOf(databases));
        } catch (RuntimeException | IOException | Error e) {
            if (postgres != null) {
                postgres.close();
            }
            broker.close();
            throw e;
        }
    }

    /** Stops both at the same time. */
    @Override
    public void close() {
        CompletableFuture<Void> brokerStop = CompletableFuture.runAsync(broker::close);
        try {
            postgres.close();
        } finally {
            brokerStop.join();
        }
    }

    private static PostgresKeeper startPostgres(HubOptions options) {
        return PostgresKeeper.start(
                options.durable()
                        ? PostgresOptions.durable(options.directory().postgres())
                        : PostgresOptions.fast(options.directory().postgres()));
    }
}
