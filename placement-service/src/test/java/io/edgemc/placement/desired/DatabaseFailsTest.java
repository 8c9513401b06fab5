package io.edgemc.placement.desired;

import static io.edgemc.placement.space.Replica.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.api.report.ClusterReport;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.resolve.PlacementResolver;
import io.edgemc.placement.space.LedgerException;
import io.edgemc.placement.space.Replica;
import io.edgemc.placement.space.ViewStore;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.testing.TestPostgres;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that fails in the middle of resolving leaves the model as it was. */
class DatabaseFailsTest {
    private static final int FOR_LONG = 1_000;

    private final Database database = TestPostgres.freshDatabase();
    /** How often it fails yet. */
    private final AtomicInteger failures = new AtomicInteger();

    private final PlacingHub hub = new PlacingHub(database, Replica.keys(), this::failing);
    private ViewStore space;
    private String cluster;

    /** The model, that has changed when it finds the database gone. */
    private PlacementResolver failing(PlacementResolver model) {
        return (PlacementResolver) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PlacementResolver.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(model, arguments);
                    if (method.getName().equals("apply") && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new LedgerException(LedgerException.Reason.UNREACHABLE, null);
                    }
                    return answer;
                });
    }

    @BeforeEach
    void place() {
        space = hub.space("shop");
        cluster = hub.cluster("edge", "prod");
        hub.place(space, "prod", "{}");
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    @Test
    void aDeadConnectionCostsNothing() {
        // Given
        long before = hub.targetRevision(cluster);
        failures.set(1);

        // When
        StoredObject page = space.commit(hub.configMap("page"), ANN).join();

        // Then
        assertThat(failures).hasValue(0);
        assertThat(hub.targetRevision(cluster)).isGreaterThan(before).isEqualTo(page.resourceVersion());
    }

    @Test
    void whileItFailsWritesAreToBeTriedAgainAndTheNextOneIsLikeAnyOther() {
        // Given
        failures.set(FOR_LONG);
        CompletableFuture<StoredObject> refused = space.commit(hub.configMap("refused"), ANN);
        assertThatThrownBy(refused::join).hasCauseInstanceOf(StoreException.Unavailable.class);
        failures.set(0);

        // When
        StoredObject page = space.commit(hub.configMap("page"), ANN).join();

        // Then
        assertThat(hub.targetRevision(cluster)).isEqualTo(page.resourceVersion());
        assertThat(space.get(Replica.CONFIG_MAPS, "default", "refused")).isNull();
    }

    @Test
    void whatAClusterSaysIsToldWhenItIsStoredThoughItCameBefore() throws Exception {
        // Given a report in a commit that fails
        ClusterReport connected = PlacingHub.holds(cluster, 1, 0);
        failures.set(FOR_LONG);
        AtomicReference<ReportsTask> lost = new AtomicReference<>();
        AtomicReference<CompletableFuture<StoredObject>> page = new AtomicReference<>();
        hub.together(() -> {
            lost.set(hub.report(connected));
            page.set(space.commit(hub.configMap("page"), ANN));
        });
        assertThatThrownBy(page.get()::join).hasCauseInstanceOf(StoreException.Unavailable.class);
        assertThat(lost.get().done()).isCompletedExceptionally();
        assertThat(told()).isEmpty();
        failures.set(0);

        // When it comes again, as the bus sees to, and once more
        hub.report(connected).done().join();
        hub.report(connected).done().join();

        // Then
        assertThat(told()).hasSize(1);

        // When another commit fails, and the cluster says the same once more
        failures.set(FOR_LONG);
        CompletableFuture<StoredObject> refused = space.commit(hub.configMap("refused"), ANN);
        assertThatThrownBy(refused::join).hasCauseInstanceOf(StoreException.Unavailable.class);
        failures.set(0);
        hub.report(PlacingHub.holds(cluster, 2, 0)).done().join();

        // Then it is known
        assertThat(told()).hasSize(1);
    }

    private List<String> told() throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                Statement select = connection.createStatement();
                ResultSet row =
                        select.executeQuery("select key from fleet_event where event like '%cluster-connected%'")) {
            List<String> keys = new ArrayList<>();
            while (row.next()) {
                keys.add(row.getString(1));
            }
            return keys;
        }
    }
}
