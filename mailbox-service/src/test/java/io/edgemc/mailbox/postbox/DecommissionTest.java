package io.edgemc.mailbox.postbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.inventory.ClusterState;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestReports;
import io.edgemc.mailbox.testing.TestTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a cluster's mailbox tells others that wait for its end. */
class DecommissionTest {
    private final TestPlacement placement = new TestPlacement();

    @Test
    void a_cluster_that_never_came_is_reported_as_such() {
        // Given
        Cluster cluster = placement.cluster("never-came");
        // When
        placement.target(cluster, placement.state(TestPlacement.configMap("shop", "a", "1")));
        // Then
        ClusterReport report = TestReports.awaitCluster(cluster, published -> true);
        assertThat(report.epoch()).isZero();
        assertThat(report.sequence()).isEqualTo(1);
        assertThat(report.connected()).isFalse();
        assertThat(report.stale()).isFalse();
        assertThat(report.lastSeen()).isNull();
        assertThat(report.appliedRevision()).isZero();
    }

    @Test
    void each_of_many_clusters_that_come_at_once_is_reported() {
        // Given
        List<Cluster> clusters = new ArrayList<>();
        for (int i = 0; i < 520; i++) {
            String uid = java.util.UUID.randomUUID().toString();
            clusters.add(new Cluster(uid, "many-" + uid.substring(0, 13)));
        }
        // When
        clusters.forEach(placement::register);
        // Then
        clusters.forEach(cluster -> TestReports.awaitCluster(cluster, published -> published.epoch() == 0));
        clusters.forEach(placement::remove);
    }

    @Test
    void the_edge_says_when_what_was_asked_to_go_is_gone() {
        // Given
        Cluster cluster = placement.cluster("leaves");
        TargetState held = placement.state(TestPlacement.configMap("shop", "a", "1"));
        Target first = placement.target(cluster, held);
        TestTargets.await(first);
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            agent.applied(first);
            TestReports.awaitCluster(cluster, published -> published.appliedRevision() == first.revision());
            // When it is asked to end, and the deletions are its last target
            placement.register(cluster, ClusterState.DECOMMISSIONING);
            Target last = placement.target(
                    cluster,
                    placement.state(List.of(ManifestEntry.delete(
                            TestPlacement.key("configmaps", "shop", "a"), Set.of(), TestPlacement.DECISION))));
            TestTargets.await(last);
            // Then the edge is told
            List<MailboxLine> lines = TestAgent.lines(agent.poll(held.text(), 0));
            assertThat(lines.get(1))
                    .isInstanceOfSatisfying(
                            MailboxLine.Delete.class,
                            delete -> assertThat(delete.decision()).isEqualTo(TestPlacement.DECISION));
            // and its trouble is published with the revision
            agent.post(
                    AgentPaths.APPLIED,
                    new AppliedReport(agent.epoch(), last.revision(), last.state(), List.of(terminating()), ""));
            ClusterReport trouble =
                    TestReports.awaitCluster(cluster, published -> published.appliedRevision() == last.revision());
            assertThat(trouble.exceptions()).containsExactly(terminating());
            // and then that all is gone
            agent.applied(last);
            ClusterReport done = TestReports.awaitCluster(
                    cluster,
                    published -> published.appliedRevision() == last.revision()
                            && published.exceptions().isEmpty());
            assertThat(done.isAfter(trouble.epoch(), trouble.sequence())).isTrue();
        }
    }

    private static ObjectException terminating() {
        return new ObjectException(
                TestPlacement.key("configmaps", "shop", "a"),
                "terminating",
                "not gone yet",
                true,
                TestPlacement.DECISION,
                "2026-01-01T00:00:00Z");
    }
}
