package io.edgemc.placement.space;

import static io.edgemc.placement.space.Replica.ANN;
import static io.edgemc.placement.space.Replica.CONFIG_MAPS;
import static io.edgemc.placement.space.Replica.await;
import static io.edgemc.placement.space.Replica.configMap;
import static io.edgemc.placement.space.Replica.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.kube.store.StoreException;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.postgres.EmbeddedPostgresServer;
import io.edgemc.servers.postgres.PostgresOptions;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseAwayTest {
    @Test
    void writesAreRefusedWhileTheDatabaseIsAwayAndGoOnByThemselvesWhenItIsBack(@TempDir Path folder) throws Exception {
        // Given
        PostgresOptions options = PostgresOptions.fast(folder.resolve("server"));
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(options);
        Database database = server.createDatabase("away", "away", "test");
        try (Replica replica = new Replica(database, Replica.keys(), new Replica.NothingFollows())) {
            ViewStore store = replica.space();
            store.commit(create(CONFIG_MAPS, "default", "before", configMap("before", "1")), ANN)
                    .join();
            int port = server.port();
            server.close();

            // When
            CompletableFuture<?> refused =
                    store.commit(create(CONFIG_MAPS, "default", "during", configMap("during", "1")), ANN);

            // Then
            assertThatThrownBy(refused::join)
                    .hasCauseInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("database");
            server = EmbeddedPostgresServer.start(options.withPort(port));
            await(() -> succeeds(store));
            assertThat(store.get(CONFIG_MAPS, "default", "before")).isNotNull();
            assertThat(store.get(CONFIG_MAPS, "default", "during")).isNull();
            assertThat(store.get(CONFIG_MAPS, "default", "after")).isNotNull();
        } finally {
            server.close();
        }
    }

    private static boolean succeeds(ViewStore store) {
        try {
            store.commit(create(CONFIG_MAPS, "default", "after", configMap("after", "1")), ANN)
                    .join();
            return true;
        } catch (CompletionException stillAway) {
            return false;
        }
    }
}
