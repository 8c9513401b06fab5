package io.edgemc.mailbox.report;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.ReconcileRequest;
import io.edgemc.api.agent.ReconcileResponse;
import io.edgemc.api.agent.ReportTree;
import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.Until;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** An edge in session that reports, and what rests of its reports. */
final class Reporter implements AutoCloseable {
    static final ObjectKey KEY = TestPlacement.key("configmaps", "shop", "a");

    private final TestHub hub = TestHub.shared();
    private final TestAgent agent;
    private final Cluster cluster;

    /** With a cluster of its own. */
    Reporter() {
        cluster = new TestPlacement().cluster("report");
        agent = TestAgent.inSession(cluster);
    }

    Cluster cluster() {
        return cluster;
    }

    TestAgent agent() {
        return agent;
    }

    @Override
    public void close() {
        agent.close();
    }

    ObjectReport report(long sequence, ObjectKey key, ObjectNode object) {
        return new ObjectReport(
                cluster.uid(),
                agent.epoch(),
                sequence,
                key,
                Origin.UPSYNC,
                1,
                hash(object),
                false,
                object,
                "2026-01-01T00:00:00Z",
                "");
    }

    ObjectReport report(long sequence, String value) {
        return report(sequence, KEY, TestPlacement.configMap("shop", "a", value));
    }

    ObjectReport deleted(long sequence, ObjectKey key) {
        return new ObjectReport(
                cluster.uid(),
                agent.epoch(),
                sequence,
                key,
                Origin.UPSYNC,
                0,
                "",
                true,
                null,
                "2026-01-01T00:00:00Z",
                "");
    }

    static String hash(ObjectNode object) {
        return Digest.sha256(CanonicalJson.bytes(object)).hex();
    }

    String stored(ObjectKey key) {
        return hub
                .jdbc()
                .query(
                        "select convert_from(body, 'UTF8') from reported where cluster_uid = ? and object_key = ? and not deleted",
                        (row, i) -> row.getString(1),
                        cluster.uid(),
                        key.text())
                .stream()
                .findFirst()
                .orElse("");
    }

    long position(ObjectKey key) {
        return hub
                .jdbc()
                .query(
                        "select position from reported where cluster_uid = ? and object_key = ?",
                        (row, i) -> row.getLong(1),
                        cluster.uid(),
                        key.text())
                .stream()
                .findFirst()
                .orElse(0L);
    }

    /** Waits until everything reported before is materialized. */
    void settle(long sequence) {
        ObjectKey marker = TestPlacement.key("configmaps", "shop", "marker-" + sequence);
        agent.report(report(sequence, marker, TestPlacement.configMap("shop", marker.name(), "1")));
        Until.holds("materialized", () -> position(marker) > 0);
    }

    ReconcileResponse compare(Map<ObjectKey, String> there) {
        ReportTree tree = new ReportTree();
        there.forEach(tree::add);
        return ApiJson.MAPPER.readValue(
                agent.post(AgentPaths.RECONCILE, new ReconcileRequest(agent.epoch(), tree.root(), tree.count()))
                        .body(),
                ReconcileResponse.class);
    }
}
