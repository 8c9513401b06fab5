package io.edgemc.placement.desired;

import static io.edgemc.placement.space.Replica.ANN;
import static io.edgemc.placement.space.Replica.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.placement.desired.DecommissionRequest.Policy;
import io.edgemc.placement.space.Replica;
import io.edgemc.placement.space.ViewStore;
import io.edgemc.servers.testing.TestPostgres;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ClusterEndTest {
    private static final DecommissionRequest REQUEST =
            new DecommissionRequest("edge", Policy.DELETE, false, PlacementConsequences.HUB);

    @Test
    void aReportInTheSameCommitAsTheRequestDoesNotEndTheClusterBeforeItsObjectsAreAskedToGo() throws Exception {
        try (PlacingHub hub = new PlacingHub(TestPostgres.freshDatabase(), Replica.keys())) {
            // Given: a cluster that holds an object
            ViewStore space = hub.space("shop");
            String uid = hub.cluster("edge", "prod");
            space.commit(hub.configMap("page"), ANN).join();
            hub.place(space, "prod", "{}");
            long held = hub.targetRevision(uid);
            hub.report(PlacingHub.holds(uid, 1, held)).done().join();

            // When: its end is asked for while it says again that it holds what it should
            AtomicReference<ReportsTask> report = new AtomicReference<>();
            hub.together(() -> {
                hub.replica.engine.submit(REQUEST);
                report.set(hub.report(PlacingHub.holds(uid, 2, held)));
            });
            report.get().done().join();

            // Then: it has a target that takes the object away, and stays until it holds that
            assertThat(REQUEST.done().join().state()).isEqualTo("decommission-delete");
            assertThat(hub.inventory().get(ClusterObjects.CLUSTERS, "", "edge")).isNotNull();
            long last = hub.targetRevision(uid);
            assertThat(last).isGreaterThan(held);
            hub.report(PlacingHub.holds(uid, 3, last)).done().join();
            await(() -> hub.inventory().get(ClusterObjects.CLUSTERS, "", "edge") == null);
        }
    }
}
