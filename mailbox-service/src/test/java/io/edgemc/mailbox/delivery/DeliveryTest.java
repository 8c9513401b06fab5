package io.edgemc.mailbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.agent.ContentLine;
import io.edgemc.api.agent.ContentRequest;
import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.content.Digest;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.postbox.MailboxIndex;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestReports;
import io.edgemc.mailbox.testing.Until;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class DeliveryTest {
    private final TestPlacement placement = new TestPlacement();

    @Test
    void a_parked_poll_is_answered_with_the_difference_when_the_target_comes() {
        // Given
        Cluster cluster = placement.cluster("park");
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            CompletableFuture<HttpResponse<String>> poll = agent.pollAsync(TargetState.EMPTY.text(), 20);
            // When
            Target target = placement.target(cluster, placement.state(TestPlacement.configMap("shop", "a", "1")));
            // Then
            List<MailboxLine> lines = TestAgent.lines(poll.join());
            assertThat(lines).hasSize(3);
            assertThat(lines.getFirst())
                    .isEqualTo(new MailboxLine.Head(
                            target.revision(), target.state(), "difference", 1, target.traceparent()));
            assertThat(lines.get(1)).isInstanceOfSatisfying(MailboxLine.Apply.class, apply -> {
                assertThat(apply.key()).isEqualTo(TestPlacement.key("configmaps", "shop", "a"));
                assertThat(apply.object()).isEqualTo(TestPlacement.configMap("shop", "a", "1"));
            });
            assertThat(lines.getLast()).isEqualTo(new MailboxLine.End(1));
        }
    }

    @Test
    void the_lag_runs_from_the_write_in_the_space_to_the_first_acknowledgement() {
        // Given a write of five seconds ago
        Timer applied = TestHub.shared()
                .bean(MeterRegistry.class)
                .get("edgemc.delivery.lag")
                .tag("stage", "applied")
                .timer();
        long count = applied.count();
        double seconds = applied.totalTime(TimeUnit.SECONDS);
        Cluster cluster = placement.cluster("lag");
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            Target target = placement.target(
                    cluster,
                    placement.state(TestPlacement.configMap("shop", "lag", "1")),
                    Instant.now().minusSeconds(5));
            awaitTarget(target);
            agent.poll(TargetState.EMPTY.text(), 0);
            // When it is acknowledged, twice
            agent.applied(target);
            agent.applied(target);
            // Then it counts once
            assertThat(applied.count() - count).isEqualTo(1);
            assertThat(applied.totalTime(TimeUnit.SECONDS) - seconds).isBetween(5.0, 25.0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailbox-inventory",
                "mailbox-content",
                "mailbox-targets",
                "mailbox-reports",
                "cluster-reports",
                "parked-targets",
                "undelivered-targets"
            })
    void every_queue_shows_the_age_of_its_oldest(String queue) {
        assertThat(TestHub.shared().metrics())
                .containsPattern("edgemc_queue_age_seconds\\{[^}]*queue=\"" + queue + "\"");
        assertThat(TestHub.shared().metrics()).contains("edgemc_delivery_lag_seconds_bucket");
    }

    @Test
    void a_poll_without_news_ends_with_nothing() {
        try (TestAgent agent = TestAgent.inSession(placement.cluster("quiet"))) {
            assertThat(agent.poll(TargetState.EMPTY.text(), 1).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void many_changes_while_away_are_one_difference_to_the_latest() {
        // Given
        Cluster cluster = placement.cluster("away");
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            TargetState first = placement.state(
                    TestPlacement.configMap("shop", "a", "1"), TestPlacement.configMap("shop", "b", "1"));
            awaitTarget(placement.target(cluster, first));
            placement.target(cluster, placement.state(TestPlacement.configMap("shop", "a", "2")));
            Target last = placement.target(
                    cluster,
                    placement.state(
                            TestPlacement.configMap("shop", "a", "3"), TestPlacement.configMap("shop", "c", "1")));
            awaitTarget(last);
            // When
            List<MailboxLine> lines = TestAgent.lines(agent.poll(first.text(), 0));
            // Then
            assertThat(lines.stream().map(DeliveryTest::text))
                    .containsExactly("head", "apply a 3", "apply c 1", "forget b", "end");
        }
    }

    @Test
    void definitions_and_namespaces_go_first_and_deletes_come_last_in_reverse() {
        // Given
        Cluster cluster = placement.cluster("order");
        ObjectNode crd = kind("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "crontabs.stable.example.com");
        ObjectNode namespace = kind("v1", "Namespace", "", "zoo");
        List<ManifestEntry> entries = new ArrayList<>();
        for (ObjectNode object : List.of(TestPlacement.configMap("app", "a", "1"), namespace, crd)) {
            entries.add(TestPlacement.apply(
                    object, placement.publish(placement.content(object)).digest()));
        }
        entries.add(ManifestEntry.delete(new ObjectKey("", "namespaces", "", "old"), Set.of(), TestPlacement.DECISION));
        entries.add(
                ManifestEntry.delete(new ObjectKey("", "configmaps", "old", "x"), Set.of(), TestPlacement.DECISION));
        awaitTarget(placement.target(cluster, placement.state(entries)));
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            // When
            List<MailboxLine> lines = TestAgent.lines(agent.poll(TargetState.EMPTY.text(), 0));
            // Then
            assertThat(lines.stream().map(DeliveryTest::text))
                    .containsExactly(
                            "head",
                            "apply crontabs.stable.example.com",
                            "apply zoo",
                            "apply a 1",
                            "delete x",
                            "delete old",
                            "end");
        }
    }

    @Test
    void a_target_waits_for_its_content() {
        // Given
        Cluster cluster = placement.cluster("waits");
        ObjectNode late = TestPlacement.configMap("shop", "late", cluster.uid());
        TargetState state = placement.state(
                List.of(TestPlacement.apply(late, placement.content(late).digest())));
        Target target = placement.target(cluster, state);
        Until.holds("the target is parked", () -> parked(cluster) == 1);
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            assertThat(agent.poll("", 0).statusCode()).isEqualTo(204);
            // When
            placement.publish(placement.content(late));
            // Then
            awaitTarget(target);
            assertThat(TestAgent.lines(agent.poll(TargetState.EMPTY.text(), 0))).hasSize(3);
            assertThat(parked(cluster)).isZero();
        }
    }

    @Test
    void an_older_target_changes_nothing() {
        // Given
        Cluster cluster = placement.cluster("older");
        Target older = new Target(
                cluster.uid(), 1, placement.state(TestPlacement.configMap("s", "old", "1")), null, 1, "", null);
        Target newer = placement.target(cluster, placement.state(TestPlacement.configMap("s", "new", "1")));
        awaitTarget(newer);
        // When
        placement.publish(Topics.TARGETS, cluster.uid(), EventTypes.TARGET, ApiJson.MAPPER.writeValueAsBytes(older));
        awaitTarget(placement.target(placement.cluster("marker"), newer.state()));
        // Then
        assertThat(TestHub.shared()
                        .bean(MailboxIndex.class)
                        .find(cluster.uid())
                        .orElseThrow()
                        .targetRevision())
                .isEqualTo(newer.revision());
    }

    @Test
    void an_agent_that_has_nothing_gets_a_snapshot_and_its_contents_by_digest() {
        // Given
        Cluster cluster = placement.cluster("snapshot");
        ObjectNode object = TestPlacement.configMap("shop", "a", cluster.uid());
        awaitTarget(placement.target(cluster, placement.state(object)));
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            // When
            List<MailboxLine> lines = TestAgent.lines(agent.poll("", 0));
            // Then
            assertThat(((MailboxLine.Head) lines.getFirst()).mode()).isEqualTo("snapshot");
            MailboxLine.Apply apply = (MailboxLine.Apply) lines.get(1);
            assertThat(apply.object()).isNull();
            HttpResponse<String> content = agent.post(AgentPaths.CONTENT, new ContentRequest(List.of(apply.content())));
            assertThat(ApiJson.MAPPER.readValue(content.body(), ContentLine.class))
                    .isEqualTo(new ContentLine(apply.content(), object));
        }
    }

    @Test
    void contents_that_are_too_much_for_one_answer_come_in_several() {
        // Given
        Cluster cluster = placement.cluster("large");
        List<ObjectNode> objects = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            objects.add(TestPlacement.configMap("shop", "large-" + i, cluster.uid() + "x".repeat(1_500_000)));
        }
        awaitTarget(placement.target(cluster, placement.state(objects.toArray(ObjectNode[]::new))));
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            List<Digest> open = new ArrayList<>(objects.stream()
                    .map(object -> placement.content(object).digest())
                    .toList());
            List<Integer> answers = new ArrayList<>();
            List<Digest> come = new ArrayList<>();
            // When
            while (!open.isEmpty() && answers.size() < 10) {
                HttpResponse<String> answer = agent.post(AgentPaths.CONTENT, new ContentRequest(open));
                assertThat(answer.body().length()).isLessThan(5_000_000);
                List<Digest> some = answer.body()
                        .lines()
                        .map(line -> ApiJson.MAPPER
                                .readValue(line, ContentLine.class)
                                .digest())
                        .toList();
                answers.add(some.size());
                come.addAll(some);
                open.removeAll(some);
            }
            // Then
            assertThat(answers).containsExactly(2, 2, 1);
            assertThat(come)
                    .containsExactlyElementsOf(objects.stream()
                            .map(object -> placement.content(object).digest())
                            .toList());
        }
    }

    @Test
    void a_content_of_another_cluster_looks_like_one_that_does_not_exist() {
        // Given
        Cluster cluster = placement.cluster("mine");
        Cluster other = placement.cluster("theirs");
        ObjectNode object = TestPlacement.configMap("shop", "private", other.uid());
        awaitTarget(placement.target(other, placement.state(object)));
        awaitTarget(placement.target(cluster, placement.state(TestPlacement.configMap("shop", "mine", "1"))));
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            // When
            HttpResponse<String> theirs = agent.post(
                    AgentPaths.CONTENT,
                    new ContentRequest(List.of(placement.content(object).digest())));
            HttpResponse<String> nobodys =
                    agent.post(AgentPaths.CONTENT, new ContentRequest(List.of(Digest.sha256("nothing"))));
            // Then
            assertThat(theirs.statusCode()).isEqualTo(404);
            assertThat(theirs.body()).isEqualTo(nobodys.body());
        }
    }

    @Test
    void the_way_from_a_state_of_another_cluster_is_not_told() {
        // Given
        Cluster cluster = placement.cluster("mine");
        Cluster other = placement.cluster("theirs");
        TargetState theirs = placement.state(TestPlacement.configMap("shop", "secret-name", other.uid()));
        awaitTarget(placement.target(other, theirs));
        awaitTarget(placement.target(cluster, placement.state(TestPlacement.configMap("shop", "mine", "1"))));
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            // When
            HttpResponse<String> answer = agent.poll(theirs.text(), 0);
            // Then
            assertThat(((MailboxLine.Head) TestAgent.lines(answer).getFirst()).mode())
                    .isEqualTo("snapshot");
            assertThat(answer.body()).doesNotContain("secret-name");
        }
    }

    @Test
    void a_secret_is_open_on_the_wire_and_sealed_at_rest() {
        // Given
        Cluster cluster = placement.cluster("sealed");
        String canary = "canary-" + cluster.uid();
        awaitTarget(placement.target(cluster, placement.state(TestPlacement.secret("shop", "s", canary))));
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            // When
            HttpResponse<String> answer = agent.poll(TargetState.EMPTY.text(), 0);
            // Then
            assertThat(answer.body()).contains(canary);
            assertThat(TestHub.shared()
                            .jdbc()
                            .queryForObject(
                                    "select count(*) from content where position(convert_to(?, 'UTF8') in body) > 0",
                                    Long.class,
                                    canary))
                    .isZero();
        }
    }

    @Test
    void what_was_applied_is_published_with_its_exceptions() {
        // Given
        Cluster cluster = placement.cluster("applied");
        Target target = placement.target(cluster, placement.state(TestPlacement.configMap("shop", "a", "1")));
        awaitTarget(target);
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
        awaitTarget(target);
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
        awaitTarget(target);
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

    @Test
    void a_new_revision_of_the_same_state_is_told_once_and_acknowledged() {
        // Given
        Cluster cluster = placement.cluster("same");
        TargetState state = placement.state(TestPlacement.configMap("shop", "a", "1"));
        Target first = placement.target(cluster, state);
        awaitTarget(first);
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            TestAgent.lines(agent.poll("", 0));
            agent.applied(first);
            Target second = placement.target(cluster, state);
            awaitTarget(second);
            // When
            List<MailboxLine> lines = TestAgent.lines(agent.poll(state.text(), 5));
            // Then
            assertThat(((MailboxLine.Head) lines.getFirst()).revision()).isEqualTo(second.revision());
            assertThat(lines).hasSize(2);
            assertThat(agent.poll(state.text(), 0).statusCode()).isEqualTo(204);
        }
    }

    private static void awaitTarget(Target target) {
        Until.holds(
                "the target counts",
                () -> TestHub.shared()
                        .bean(MailboxIndex.class)
                        .find(target.clusterUid())
                        .filter(head -> head.targetRevision() == target.revision())
                        .isPresent());
    }

    private static long parked(Cluster cluster) {
        Long count = TestHub.shared()
                .jdbc()
                .queryForObject("select count(*) from parked_target where cluster_uid = ?", Long.class, cluster.uid());
        return count == null ? 0 : count;
    }

    private static ObjectNode kind(String apiVersion, String kind, String namespace, String name) {
        ObjectNode object = TestPlacement.configMap(namespace, name, "1");
        object.put("apiVersion", apiVersion).put("kind", kind).remove("data");
        return object;
    }

    private static String text(MailboxLine line) {
        return switch (line) {
            case MailboxLine.Head head -> "head";
            case MailboxLine.Apply apply ->
                ("apply " + apply.key().name() + " "
                                + (apply.object() == null
                                        ? ""
                                        : apply.object()
                                                .path("data")
                                                .path("key")
                                                .asString("")))
                        .strip();
            case MailboxLine.Delete delete -> "delete " + delete.key().name();
            case MailboxLine.Forget forget -> "forget " + forget.key().name();
            case MailboxLine.End end -> "end";
        };
    }
}
