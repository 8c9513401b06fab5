package io.edgemc.mailbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.Bucket;
import io.edgemc.api.agent.BucketsRequest;
import io.edgemc.api.agent.BucketsResponse;
import io.edgemc.api.agent.ReconcileRequest;
import io.edgemc.api.agent.ReconcileResponse;
import io.edgemc.api.agent.ReportTree;
import io.edgemc.api.content.Digest;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.publish.OutgoingEvent;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestReports;
import io.edgemc.mailbox.testing.Until;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ReportsTest {
    private static final ObjectKey KEY = TestPlacement.key("configmaps", "shop", "a");

    private final TestHub hub = TestHub.shared();
    private final TestPlacement placement = new TestPlacement();
    private final Cluster cluster = placement.cluster("report");
    private final TestAgent agent = TestAgent.inSession(cluster);

    @AfterEach
    void close() {
        agent.close();
    }

    private ObjectReport report(long sequence, ObjectKey key, ObjectNode object) {
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

    private static String hash(ObjectNode object) {
        return Digest.sha256(CanonicalJson.bytes(object)).hex();
    }

    private ObjectReport report(long sequence, String value) {
        return report(sequence, KEY, TestPlacement.configMap("shop", "a", value));
    }

    private String stored(ObjectKey key) {
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

    private long position(ObjectKey key) {
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
    private void settle(long sequence) {
        ObjectKey marker = TestPlacement.key("configmaps", "shop", "marker-" + sequence);
        agent.report(report(sequence, marker, TestPlacement.configMap("shop", marker.name(), "1")));
        Until.holds("materialized", () -> position(marker) > 0);
    }

    @Test
    void a_report_is_acknowledged_by_the_broker_and_then_materialized() {
        // When
        HttpResponse<String> answer = agent.report(report(1, "one"), report(2, "two"));
        // Then
        assertThat(answer.body()).isEqualTo("{\"lastSequence\":2}");
        Until.holds("materialized", () -> stored(KEY).contains("two"));
        assertThat(TestReports.await(
                                "on the topic",
                                event -> event.key().equals(ReportKeys.object(cluster.uid(), KEY))
                                        && event.event().id().endsWith("/2"))
                        .event()
                        .type())
                .isEqualTo(EventTypes.OBJECT_REPORT);
    }

    @Test
    void the_same_report_twice_is_acknowledged_and_written_once() {
        // Given
        agent.report(report(1, "one"));
        Until.holds("materialized", () -> position(KEY) > 0);
        long before = position(KEY);
        // When
        HttpResponse<String> again = agent.report(report(1, "one"));
        // Then
        assertThat(again.body()).isEqualTo("{\"lastSequence\":1}");
        settle(2);
        assertThat(position(KEY)).isEqualTo(before);
    }

    @Test
    void an_unchanged_hash_writes_nothing() {
        // Given
        agent.report(report(1, "one"));
        Until.holds("materialized", () -> position(KEY) > 0);
        long before = position(KEY);
        // When
        agent.report(report(2, "one"));
        // Then
        settle(3);
        assertThat(position(KEY)).isEqualTo(before);
    }

    @Test
    void reports_out_of_order_in_a_batch_are_refused_whole() {
        // When
        HttpResponse<String> answer = agent.report(report(2, "two"), report(1, "one"));
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestAgent.code(answer)).isEqualTo("sequence-not-increasing");
        settle(3);
        assertThat(stored(KEY)).isEmpty();
    }

    @Test
    void a_report_for_another_cluster_is_refused() {
        // Given
        Cluster other = placement.cluster("other");
        ObjectReport foreign = report(1, "one").of(other.uid(), agent.epoch());
        // When
        HttpResponse<String> answer = agent.report(foreign);
        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(TestAgent.code(answer)).isEqualTo("wrong-cluster");
    }

    @Test
    void a_report_of_an_old_session_is_refused() {
        // Given
        ObjectReport old = report(1, "one");
        long epoch = agent.epoch();
        agent.openSession();
        // When
        HttpResponse<String> answer = agent.postRaw(
                AgentPaths.REPORTS, "{\"epoch\":" + epoch + "}\n" + ApiJson.MAPPER.writeValueAsString(old) + "\n");
        // Then
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(TestAgent.code(answer)).isEqualTo("stale-epoch");
    }

    @Test
    void a_report_of_a_fenced_session_that_is_in_the_log_already_is_dropped() {
        // Given
        ObjectReport zombie = report(9, "zombie");
        long fenced = agent.epoch();
        agent.openSession();
        TestReports.awaitCluster(cluster, published -> published.epoch() > fenced);
        // When
        publish(zombie);
        // Then
        settle(1);
        assertThat(stored(KEY)).isEmpty();
    }

    @Test
    void an_older_report_that_comes_late_does_not_overwrite() {
        // Given
        agent.report(report(5, "five"));
        Until.holds("materialized", () -> stored(KEY).contains("five"));
        // When
        publish(report(4, "four"));
        // Then
        settle(6);
        assertThat(stored(KEY)).contains("five");
    }

    @Test
    void a_poison_record_goes_to_the_dead_letters_and_blocks_nobody() {
        // Given
        String key = ReportKeys.object(cluster.uid(), KEY);
        // When
        hub.publisher()
                .publish(OutgoingEvent.of(
                                Topics.REPORTS.topic(),
                                key,
                                BusEvent.json(
                                        "poison-" + cluster.uid(),
                                        EventTypes.OBJECT_REPORT,
                                        "/test",
                                        Instant.now(),
                                        "{\"no\":\"report\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .partitionedBy(cluster.uid()))
                .join();
        // Then
        settle(1);
        TestReports.await(
                "the dead letter",
                event -> event.topic().equals(Topics.DEAD_LETTERS.topic())
                        && event.event().extensions().containsValue("poison-" + cluster.uid()));
    }

    @Test
    void an_oversized_batch_is_refused() {
        // When
        HttpResponse<String> answer =
                agent.postRaw(AgentPaths.REPORTS, "{\"epoch\":" + agent.epoch() + "}\n" + " ".repeat(6 << 20));
        // Then
        assertThat(TestAgent.code(answer)).isEqualTo("too-large");
    }

    @Test
    void values_of_a_secret_rest_nowhere_in_the_open() {
        // Given
        ObjectKey key = TestPlacement.key("secrets", "shop", "s");
        String canary = "canary-" + UUID.randomUUID();
        ObjectNode secret = TestPlacement.secret("shop", "s", canary);
        // When
        agent.report(report(1, key, secret));
        // Then
        Until.holds("materialized", () -> position(key) > 0);
        assertThat(hub.jdbc()
                        .queryForObject(
                                "select count(*) from reported where position(convert_to(?, 'UTF8') in body) > 0 or hash = ?",
                                Long.class,
                                canary,
                                hash(secret)))
                .isZero();
        BusEvent event = TestReports.await(
                        "on the topic", seen -> seen.key().equals(ReportKeys.object(cluster.uid(), key)))
                .event();
        assertThat(new String(event.requireData(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(canary);
        assertThat(compare(Map.of(key, hash(secret))).same()).isTrue();
    }

    @Test
    void a_downsynced_secret_comes_back_without_values() {
        // Given
        ObjectKey key = TestPlacement.key("secrets", "shop", "down");
        ObjectNode secret = TestPlacement.secret("shop", "down", "canary");
        ObjectReport report = new ObjectReport(
                "", 0, 1, key, Origin.DOWNSYNC, 1, hash(secret), false, secret, "2026-01-01T00:00:00Z", "");
        // When
        agent.report(report);
        // Then
        BusEvent event = TestReports.await(
                        "on the topic", seen -> seen.key().equals(ReportKeys.object(cluster.uid(), key)))
                .event();
        assertThat(new String(
                        hub.keys().open(hub.keys().sealingKeyId(), event.requireData()),
                        java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"down\"")
                .doesNotContain("canary");
    }

    @Test
    void reconciliation_finds_what_to_send_and_what_is_gone() {
        // Given
        ObjectKey kept = TestPlacement.key("configmaps", "shop", "kept");
        ObjectKey gone = TestPlacement.key("configmaps", "shop", "gone");
        ObjectKey fresh = TestPlacement.key("configmaps", "shop", "fresh");
        ObjectNode object = TestPlacement.configMap("shop", "x", "1");
        agent.report(report(1, kept, object), report(2, gone, object));
        Until.holds("materialized", () -> position(gone) > 0 && position(kept) > 0);
        agent.openSession();
        Map<ObjectKey, String> there = Map.of(kept, hash(object), fresh, hash(object));
        // When
        ReconcileResponse response = compare(there);
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
        Until.holds("marked as deleted", () -> stored(gone).isEmpty());
        assertThat(compare(Map.of(kept, hash(object))).same()).isTrue();
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
        agent.report(report(1, changed, first), report(2, gone, first), report(3, secret, hidden));
        Until.holds("materialized", () -> position(secret) > 0);
        agent.report(report(4, changed, second), deleted(5, gone));
        Until.holds(
                "materialized", () -> stored(gone).isEmpty() && stored(changed).contains("\"2\""));
        // When the bodies and hashes of all but Secrets cannot be read any more
        hub.jdbc().update("update reported set hash = 'x' where cluster_uid = ? and key_id is null", cluster.uid());
        // Then
        assertThat(compare(Map.of(changed, hash(second), secret, hash(hidden))).same())
                .isTrue();
        assertThat(compare(Map.of(changed, hash(first), secret, hash(hidden))).same())
                .isFalse();
        assertThat(compare(Map.of(changed, hash(second))).same()).isFalse();
        assertThat(hub.jdbc()
                        .queryForObject(
                                "select sum(objects) from reported_bucket where cluster_uid = ?",
                                Long.class,
                                cluster.uid()))
                .isEqualTo(1);
    }

    private ObjectReport deleted(long sequence, ObjectKey key) {
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

    @Test
    void a_cluster_adds_only_so_many_kinds_and_another_still_can() {
        // Given
        String group = "made-up-" + cluster.uid().substring(0, 8) + ".example.com";
        Cluster other = placement.cluster("honest");
        ObjectNode object = TestPlacement.configMap("shop", "x", "1");
        ObjectReport[] reports = new ObjectReport[300];
        for (int i = 0; i < reports.length; i++) {
            reports[i] = report(i + 1, new ObjectKey(group, "kind" + i, "shop", "x"), object);
        }
        // When
        agent.report(reports);
        settle(1_000);
        try (TestAgent honest = TestAgent.inSession(other)) {
            ObjectKey key = new ObjectKey("honest-" + group, "things", "shop", "x");
            honest.report(new ObjectReport(
                    "", 0, 1, key, Origin.UPSYNC, 1, hash(object), false, object, "2026-01-01T00:00:00Z", ""));
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
        agent.report(report(1, "one"));
        Until.holds("materialized", () -> position(KEY) > 0);
        // When
        placement.remove(cluster);
        // Then
        TestReports.await(
                "the tombstone of its report",
                event -> event.key().equals(ReportKeys.object(cluster.uid(), KEY))
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

    private static Bucket bucket(ObjectKey key, Map<ObjectKey, String> there) {
        return new Bucket(
                ReportTree.bucket(key), there.containsKey(key) ? Map.of(key.text(), there.get(key)) : Map.of());
    }

    private ReconcileResponse compare(Map<ObjectKey, String> there) {
        ReportTree tree = new ReportTree();
        there.forEach(tree::add);
        return ApiJson.MAPPER.readValue(
                agent.post(AgentPaths.RECONCILE, new ReconcileRequest(agent.epoch(), tree.root(), tree.count()))
                        .body(),
                ReconcileResponse.class);
    }

    private void publish(ObjectReport report) {
        hub.publisher()
                .publish(OutgoingEvent.of(
                                Topics.REPORTS.topic(),
                                ReportKeys.object(cluster.uid(), report.key()),
                                BusEvent.json(
                                        UUID.randomUUID().toString(),
                                        EventTypes.OBJECT_REPORT,
                                        "/test",
                                        Instant.now(),
                                        ApiJson.MAPPER.writeValueAsBytes(report)))
                        .partitionedBy(cluster.uid()))
                .join();
    }
}
