package io.edgemc.mailbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.content.Digest;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestReports;
import io.edgemc.mailbox.testing.TestTargets;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an edge tells of how far it is. */
class AcknowledgementTest {
    private final TestPlacement placement = new TestPlacement();

    @Test
    void what_was_applied_is_published_with_its_exceptions() {
        // Given
        Cluster cluster = placement.cluster("applied");
        Target target = placement.target(cluster, placement.state(TestPlacement.configMap("shop", "a", "1")));
        TestTargets.await(target);
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            ObjectException exception = new ObjectException(
                    TestPlacement.key("configmaps", "shop", "a"),
                    "forbidden",
                    "no",
                    true,
                    TestPlacement.DECISION,
                    "2026-01-01T00:00:00Z");
            // When
            HttpResponse<String> answer = agent.post(
                    AgentPaths.APPLIED,
                    new AppliedReport(agent.epoch(), target.revision(), target.state(), List.of(exception), ""));
            // Then
            assertThat(answer.statusCode()).isEqualTo(204);
            ClusterReport report =
                    TestReports.awaitCluster(cluster, published -> published.appliedRevision() == target.revision());
            assertThat(report.exceptions()).containsExactly(exception);
            assertThat(report.connected()).isTrue();
        }
    }

    @Test
    void exceptions_that_are_not_listed_are_counted() {
        // Given
        Cluster cluster = placement.cluster("many");
        Target target = placement.target(cluster, placement.state(TestPlacement.configMap("shop", "a", "1")));
        TestTargets.await(target);
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            // When
            agent.post(
                    AgentPaths.APPLIED,
                    new AppliedReport(agent.epoch(), target.revision(), target.state(), List.of(), "", 20_000));
            // Then
            ClusterReport report =
                    TestReports.awaitCluster(cluster, published -> published.appliedRevision() == target.revision());
            assertThat(report.moreExceptions()).isEqualTo(20_000);
        }
    }

    @Test
    void an_acknowledgement_without_a_state_is_malformed() {
        try (TestAgent agent = TestAgent.inSession(placement.cluster("stateless"))) {
            // When
            HttpResponse<String> answer = agent.postRaw(
                    AgentPaths.APPLIED, "{\"epoch\":" + agent.epoch() + ",\"revision\":1,\"exceptions\":[]}");
            // Then
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(TestAgent.code(answer)).isEqualTo("malformed");
        }
    }

    @Test
    void lists_that_are_too_long_are_not_read_to_their_end() {
        try (TestAgent agent = TestAgent.inSession(placement.cluster("long"))) {
            // When
            HttpResponse<String> digests =
                    agent.postRaw(AgentPaths.CONTENT, "{\"digests\":[" + "null,".repeat(20_000) + "\"not a digest\"]}");
            HttpResponse<String> exceptions = agent.postRaw(
                    AgentPaths.APPLIED,
                    "{\"epoch\":" + agent.epoch() + ",\"unknown\":[" + "0,".repeat(1_000_000)
                            + "0],\"revision\":0,\"state\":\"" + TargetState.EMPTY.text() + "\",\"exceptions\":[],"
                            + "\"traceparent\":\"\"}");
            // Then
            assertThat(TestAgent.code(digests)).isEqualTo("malformed");
            assertThat(TestAgent.code(exceptions)).isEqualTo("malformed");
        }
    }

    @Test
    void a_state_that_was_never_asked_for_is_not_acknowledged() {
        // Given
        Cluster cluster = placement.cluster("never");
        Target target = placement.target(cluster, placement.state(TestPlacement.configMap("shop", "a", "1")));
        TestTargets.await(target);
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            // When
            HttpResponse<String> answer = agent.post(
                    AgentPaths.APPLIED,
                    new AppliedReport(
                            agent.epoch(),
                            target.revision(),
                            new TargetState(Digest.sha256("x"), Digest.sha256("y")),
                            List.of(),
                            ""));
            // Then
            assertThat(TestAgent.code(answer)).isEqualTo("unknown-state");
        }
    }
}
