package io.edgemc.mailbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.postbox.MailboxIndex;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestTargets;
import io.edgemc.mailbox.testing.Until;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
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
            TestTargets.await(placement.target(cluster, first));
            placement.target(cluster, placement.state(TestPlacement.configMap("shop", "a", "2")));
            Target last = placement.target(
                    cluster,
                    placement.state(
                            TestPlacement.configMap("shop", "a", "3"), TestPlacement.configMap("shop", "c", "1")));
            TestTargets.await(last);
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
        TestTargets.await(placement.target(cluster, placement.state(entries)));
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
        Target target = placement.target(cluster, placement.stateWithoutContents(late));
        Until.holds("the target is parked", () -> TestTargets.parked(cluster) == 1);
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            assertThat(agent.poll("", 0).statusCode()).isEqualTo(204);
            // When
            placement.publish(placement.content(late));
            // Then
            TestTargets.await(target);
            assertThat(TestAgent.lines(agent.poll(TargetState.EMPTY.text(), 0))).hasSize(3);
            assertThat(TestTargets.parked(cluster)).isZero();
        }
    }

    @Test
    void an_older_target_changes_nothing() {
        // Given
        Cluster cluster = placement.cluster("older");
        Target older = new Target(
                cluster.uid(), 1, placement.state(TestPlacement.configMap("s", "old", "1")), null, 1, "", null);
        Target newer = placement.target(cluster, placement.state(TestPlacement.configMap("s", "new", "1")));
        TestTargets.await(newer);
        // When
        placement.publish(Topics.TARGETS, cluster.uid(), EventTypes.TARGET, ApiJson.MAPPER.writeValueAsBytes(older));
        TestTargets.await(placement.target(placement.cluster("marker"), newer.state()));
        // Then
        assertThat(TestHub.shared()
                        .bean(MailboxIndex.class)
                        .find(cluster.uid())
                        .orElseThrow()
                        .targetRevision())
                .isEqualTo(newer.revision());
    }

    @Test
    void a_new_revision_of_the_same_state_is_told_once_and_acknowledged() {
        // Given
        Cluster cluster = placement.cluster("same");
        TargetState state = placement.state(TestPlacement.configMap("shop", "a", "1"));
        Target first = placement.target(cluster, state);
        TestTargets.await(first);
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            TestAgent.lines(agent.poll("", 0));
            agent.applied(first);
            Target second = placement.target(cluster, state);
            TestTargets.await(second);
            // When
            List<MailboxLine> lines = TestAgent.lines(agent.poll(state.text(), 5));
            // Then
            assertThat(((MailboxLine.Head) lines.getFirst()).revision()).isEqualTo(second.revision());
            assertThat(lines).hasSize(2);
            assertThat(agent.poll(state.text(), 0).statusCode()).isEqualTo(204);
        }
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
