package io.edgemc.mailbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.report.ObjectReport;
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
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportsTest {
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
    void a_report_is_acknowledged_by_the_broker_and_then_materialized() {
        // When
        HttpResponse<String> answer = agent.report(edge.report(1, "one"), edge.report(2, "two"));
        // Then
        assertThat(answer.body()).isEqualTo("{\"lastSequence\":2}");
        Until.holds("materialized", () -> edge.stored(Reporter.KEY).contains("two"));
        assertThat(TestReports.await(
                                "on the topic",
                                event -> event.key().equals(ReportKeys.object(cluster.uid(), Reporter.KEY))
                                        && event.event().id().endsWith("/2"))
                        .event()
                        .type())
                .isEqualTo(EventTypes.OBJECT_REPORT);
    }

    @Test
    void the_same_report_twice_is_acknowledged_and_written_once() {
        // Given
        agent.report(edge.report(1, "one"));
        Until.holds("materialized", () -> edge.position(Reporter.KEY) > 0);
        long before = edge.position(Reporter.KEY);
        // When
        HttpResponse<String> again = agent.report(edge.report(1, "one"));
        // Then
        assertThat(again.body()).isEqualTo("{\"lastSequence\":1}");
        edge.settle(2);
        assertThat(edge.position(Reporter.KEY)).isEqualTo(before);
    }

    @Test
    void an_unchanged_hash_writes_nothing() {
        // Given
        agent.report(edge.report(1, "one"));
        Until.holds("materialized", () -> edge.position(Reporter.KEY) > 0);
        long before = edge.position(Reporter.KEY);
        // When
        agent.report(edge.report(2, "one"));
        // Then
        edge.settle(3);
        assertThat(edge.position(Reporter.KEY)).isEqualTo(before);
    }

    @Test
    void reports_out_of_order_in_a_batch_are_refused_whole() {
        // When
        HttpResponse<String> answer = agent.report(edge.report(2, "two"), edge.report(1, "one"));
        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestAgent.code(answer)).isEqualTo("sequence-not-increasing");
        edge.settle(3);
        assertThat(edge.stored(Reporter.KEY)).isEmpty();
    }

    @Test
    void a_report_for_another_cluster_is_refused() {
        // Given
        Cluster other = placement.cluster("other");
        ObjectReport foreign = edge.report(1, "one").of(other.uid(), agent.epoch());
        // When
        HttpResponse<String> answer = agent.report(foreign);
        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(TestAgent.code(answer)).isEqualTo("wrong-cluster");
    }

    @Test
    void a_report_of_an_old_session_is_refused() {
        // Given
        ObjectReport old = edge.report(1, "one");
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
        ObjectReport zombie = edge.report(9, "zombie");
        long fenced = agent.epoch();
        agent.openSession();
        TestReports.awaitCluster(cluster, published -> published.epoch() > fenced);
        // When
        publish(zombie);
        // Then
        edge.settle(1);
        assertThat(edge.stored(Reporter.KEY)).isEmpty();
    }

    @Test
    void an_older_report_that_comes_late_does_not_overwrite() {
        // Given
        agent.report(edge.report(5, "five"));
        Until.holds("materialized", () -> edge.stored(Reporter.KEY).contains("five"));
        // When
        publish(edge.report(4, "four"));
        // Then
        edge.settle(6);
        assertThat(edge.stored(Reporter.KEY)).contains("five");
    }

    @Test
    void a_poison_record_goes_to_the_dead_letters_and_blocks_nobody() {
        // Given
        String key = ReportKeys.object(cluster.uid(), Reporter.KEY);
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
        edge.settle(1);
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
