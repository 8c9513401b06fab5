package io.edgemc.placement.space;

import static io.edgemc.placement.space.Replica.ANN;
import static io.edgemc.placement.space.Replica.CONFIG_MAPS;
import static io.edgemc.placement.space.Replica.await;
import static io.edgemc.placement.space.Replica.configMap;
import static io.edgemc.placement.space.Replica.create;
import static io.edgemc.placement.space.Replica.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.Replica.NothingFollows;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What memory says is not what is stored: an older backup was restored under the running service, or rows are gone. */
@Timeout(60)
class RestoredDatabaseTest {
    private final Database database = TestPostgres.freshDatabase();

    @Test
    void anOlderBackupUnderARunningServiceIsTakenOver() throws Exception {
        try (Replica replica = new Replica(database, Replica.keys(), new NothingFollows())) {
            // Given
            ViewStore store = replica.space();
            StoredObject kept = store.commit(create(CONFIG_MAPS, "default", "kept", configMap("kept", "1")), ANN)
                    .join();
            store.commit(create(CONFIG_MAPS, "default", "lost", configMap("lost", "1")), ANN)
                    .join();
            long seen = store.position();

            // When: the database is as it was before the second write
            run("delete from object_version where name = 'lost'");
            run("update change_counter set position = " + kept.resourceVersion());
            replica.engine.refresh();

            // Then: what a client saw of the other time was never reached in this one
            await(() -> replica.engine.isReady() && store.position() == kept.resourceVersion());
            assertThat(store.get(CONFIG_MAPS, "default", "lost")).isNull();
            assertThat(store.get(CONFIG_MAPS, "default", "kept")).isNotNull();
            assertThat(store.reached(kept.resourceVersion())).isTrue();
            assertThat(store.reached(seen)).isFalse();
            StoredObject next = store.commit(create(CONFIG_MAPS, "default", "next", configMap("next", "1")), ANN)
                    .join();
            assertThat(next.resourceVersion()).isEqualTo(kept.resourceVersion() + 1);
        }
    }

    @Test
    void aReplicaThatIsBehindKnowsWhatAnotherOneReached() throws Exception {
        try (Replica replica = new Replica(database, Replica.keys(), new NothingFollows())) {
            ViewStore store = replica.space();
            long here = store.position();

            // When: another replica has committed, and this one was not told
            run("update change_counter set position = position + 1");

            // Then
            assertThat(store.position()).isEqualTo(here);
            assertThat(store.reached(here + 1)).isTrue();
            assertThat(store.reached(here + 2)).isFalse();
        }
    }

    @Test
    void aVersionThatMemoryNamesAndNobodyKeepsEndsInAnAnswer() throws Exception {
        try (Replica replica = new Replica(
                database,
                Replica.keys(),
                new NothingFollows(),
                new EngineLimits(100, 1 << 20, 1, 1 << 20, SpaceQuota.NONE))) {
            // Given: this replica is not told that another one has replaced the version, and compaction has taken it
            ViewStore store = replica.space();
            StoredObject first = store.commit(create(CONFIG_MAPS, "default", "a", configMap("a", "1")), ANN)
                    .join();
            StoredObject second =
                    store.commit(replace(first, configMap("a", "2")), ANN).join();
            run("delete from object_version where position = " + second.resourceVersion());

            // When, then
            assertThatThrownBy(() -> store.get(CONFIG_MAPS, "default", "a"))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("try again");
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
