package io.edgemc.placement.desired;

import static io.edgemc.placement.space.Replica.ANN;
import static io.edgemc.placement.space.Replica.CONFIG_MAPS;
import static io.edgemc.placement.space.Replica.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.Bodies;
import io.edgemc.placement.space.Replica;
import io.edgemc.placement.space.Version;
import io.edgemc.placement.space.ViewStore;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SpaceEndTest {
    private final Database database = TestPostgres.freshDatabase();

    @Test
    void nothingIsCreatedInASpaceThatIsGoingSoALaterOneOfItsNameIsEmpty() throws Exception {
        try (PlacingHub hub = new PlacingHub(database, Replica.keys())) {
            // Given
            ViewStore space = hub.space("brief");
            space.commit(hub.configMap("early"), ANN).join();

            // When: someone creates an object in the very commit that takes the space away, and before it does
            AtomicReference<CompletableFuture<StoredObject>> late = new AtomicReference<>();
            hub.onCommit(versions -> {
                if (versions.stream().anyMatch(SpaceEndTest::isTheEnd)) {
                    late.set(space.commit(hub.configMap("late"), ANN));
                }
            });
            hub.end("brief");
            await(() -> hub.system().get(SpaceLife.SPACES, "", "brief") == null);

            // Then
            assertThatThrownBy(late.get()::join).hasCauseInstanceOf(StoreException.Terminating.class);
            ViewStore again = hub.space("brief");
            assertThat(again.list(new ObjectQuery(CONFIG_MAPS, null, 0, null, 0))
                            .objects())
                    .isEmpty();
        }
    }

    @Test
    void aSpaceGoesAlsoIfTheDatabaseRefusedItsRemovalAtFirst() throws Exception {
        try (PlacingHub hub = new PlacingHub(database, Replica.keys())) {
            // Given
            hub.space("brief");
            run("create sequence refusal");
            run("create function refuse() returns trigger language plpgsql as"
                    + " $$ begin perform nextval('refusal'); raise exception 'no' using errcode = '53200'; end $$");
            run("create trigger refuse before insert on object_version for each row"
                    + " when (new.tombstone and new.resource = 'spaces') execute function refuse()");

            // When
            hub.end("brief");
            await(() -> refusals() > 0);
            run("drop trigger refuse on object_version");

            // Then: without a restart
            await(() -> hub.system().get(SpaceLife.SPACES, "", "brief") == null);
        }
    }

    private static boolean isTheEnd(Version version) {
        Version.Body body = version.body();
        return body != null
                && version.ref().kind().equals(SpaceLife.SPACES)
                && SpaceLife.isDeleted(Bodies.parse(body.bytes()));
    }

    /** How often the database refused; a sequence counts also what is rolled back. */
    private long refusals() {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                var row =
                        statement.executeQuery("select case when is_called then last_value else 0 end from refusal")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
