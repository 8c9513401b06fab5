package io.edgemc.mailbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestReports;
import io.edgemc.mailbox.testing.Until;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** How much a cluster may bring by its reports, and what stays of one that is gone. */
class ReportedClustersTest {
    private final TestHub hub = TestHub.shared();
    private final TestPlacement placement = new TestPlacement();
    private final Reporter edge = new Reporter();
    private final Cluster cluster = edge.cluster();
    private final TestAgent agent = edge.agent();

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void a_cluster_adds_only_so_many_kinds_and_another_still_can() {
        // Given
        String group = "made-up-" + cluster.uid().substring(0, 8) + ".example.com";
        Cluster other = placement.cluster("honest");
        ObjectNode object = TestPlacement.configMap("shop", "x", "1");
        ObjectReport[] reports = new ObjectReport[300];
        for (int i = 0; i < reports.length; i++) {
            reports[i] = edge.report(i + 1, new ObjectKey(group, "kind" + i, "shop", "x"), object);
        }
        // When
        agent.report(reports);
        edge.settle(1_000);
        try (TestAgent honest = TestAgent.inSession(other)) {
            ObjectKey key = new ObjectKey("honest-" + group, "things", "shop", "x");
            honest.report(new ObjectReport(
                    "", 0, 1, key, Origin.UPSYNC, 1, Reporter.hash(object), false, object, "2026-01-01T00:00:00Z", ""));
            // Then
            Until.holds("the other's kind is seen", () -> kindsOf(other) == 1);
            assertThat(kindsOf(cluster)).isEqualTo(256);
        }
    }

    private long kindsOf(Cluster of) {
        Long count =
                hub.jdbc().queryForObject("select count(*) from seen_kind where cluster_uid = ?", Long.class, of.uid());
        return count == null ? 0 : count;
    }

    @Test
    void a_cluster_that_is_gone_leaves_nothing() {
        // Given
        agent.report(edge.report(1, "one"));
        Until.holds("materialized", () -> edge.position(Reporter.KEY) > 0);
        // When
        placement.remove(cluster);
        // Then
        TestReports.await(
                "the tombstone of its report",
                event -> event.key().equals(ReportKeys.object(cluster.uid(), Reporter.KEY))
                        && event.event().isTombstone());
        for (String table :
                List.of("mailbox", "reported", "reported_bucket", "target_history", "parked_target", "join_token")) {
            Until.holds(table + " is empty", () -> count(table) == 0);
        }
        Until.holds(
                "its credentials are revoked",
                () -> Long.valueOf(0)
                        .equals(hub.jdbc()
                                .queryForObject(
                                        "select count(*) from credential where cluster_uid = ? and revoked_at is null",
                                        Long.class,
                                        cluster.uid())));
    }

    private long count(String table) {
        Long count = hub.jdbc()
                .queryForObject("select count(*) from " + table + " where cluster_uid = ?", Long.class, cluster.uid());
        return count == null ? 0 : count;
    }
}
