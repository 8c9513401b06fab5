package io.edgemc.mailbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.Bucket;
import io.edgemc.api.agent.BucketsRequest;
import io.edgemc.api.agent.BucketsResponse;
import io.edgemc.api.agent.ReconcileResponse;
import io.edgemc.api.agent.ReportTree;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.Until;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What an edge has and what the hub knows of it are compared. */
class ReconciliationTest {
    private final TestHub hub = TestHub.shared();
    private final Reporter edge = new Reporter();
    private final Cluster cluster = edge.cluster();
    private final TestAgent agent = edge.agent();

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void reconciliation_finds_what_to_send_and_what_is_gone() {
        // Given
        ObjectKey kept = TestPlacement.key("configmaps", "shop", "kept");
        ObjectKey gone = TestPlacement.key("configmaps", "shop", "gone");
        ObjectKey fresh = TestPlacement.key("configmaps", "shop", "fresh");
        ObjectNode object = TestPlacement.configMap("shop", "x", "1");
        agent.report(edge.report(1, kept, object), edge.report(2, gone, object));
        Until.holds("materialized", () -> edge.position(gone) > 0 && edge.position(kept) > 0);
        agent.openSession();
        Map<ObjectKey, String> there = Map.of(kept, Reporter.hash(object), fresh, Reporter.hash(object));
        // When
        ReconcileResponse response = edge.compare(there);
        BucketsResponse buckets = ApiJson.MAPPER.readValue(
                agent.post(
                                AgentPaths.BUCKETS,
                                new BucketsRequest(
                                        agent.epoch(),
                                        List.of(bucket(kept, there), bucket(gone, there), bucket(fresh, there))))
                        .body(),
                BucketsResponse.class);
        // Then
        assertThat(response.same()).isFalse();
        assertThat(response.buckets()).hasSize(ReportTree.BUCKETS);
        assertThat(buckets.send()).containsExactly(fresh.text());
        Until.holds("marked as deleted", () -> edge.stored(gone).isEmpty());
        assertThat(edge.compare(Map.of(kept, Reporter.hash(object))).same()).isTrue();
    }

    @Test
    void the_sums_by_bucket_follow_every_change_and_need_no_object() {
        // Given two objects, one of which changes, one of which goes, and a Secret
        ObjectKey changed = TestPlacement.key("configmaps", "shop", "changed");
        ObjectKey gone = TestPlacement.key("configmaps", "shop", "goes");
        ObjectKey secret = TestPlacement.key("secrets", "shop", "s");
        ObjectNode first = TestPlacement.configMap("shop", "x", "1");
        ObjectNode second = TestPlacement.configMap("shop", "x", "2");
        ObjectNode hidden = TestPlacement.secret("shop", "s", "canary");
        agent.report(edge.report(1, changed, first), edge.report(2, gone, first), edge.report(3, secret, hidden));
        Until.holds("materialized", () -> edge.position(secret) > 0);
        agent.report(edge.report(4, changed, second), edge.deleted(5, gone));
        Until.holds(
                "materialized",
                () -> edge.stored(gone).isEmpty() && edge.stored(changed).contains("\"2\""));
        // When the bodies and hashes of all but Secrets cannot be read any more
        hub.jdbc().update("update reported set hash = 'x' where cluster_uid = ? and key_id is null", cluster.uid());
        // Then
        assertThat(edge.compare(Map.of(changed, Reporter.hash(second), secret, Reporter.hash(hidden)))
                        .same())
                .isTrue();
        assertThat(edge.compare(Map.of(changed, Reporter.hash(first), secret, Reporter.hash(hidden)))
                        .same())
                .isFalse();
        assertThat(edge.compare(Map.of(changed, Reporter.hash(second))).same()).isFalse();
        assertThat(hub.jdbc()
                        .queryForObject(
                                "select sum(objects) from reported_bucket where cluster_uid = ?",
                                Long.class,
                                cluster.uid()))
                .isEqualTo(1);
    }

    private static Bucket bucket(ObjectKey key, Map<ObjectKey, String> there) {
        return new Bucket(
                ReportTree.bucket(key), there.containsKey(key) ? Map.of(key.text(), there.get(key)) : Map.of());
    }
}
