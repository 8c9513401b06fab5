package io.edgemc.mailbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.ContentLine;
import io.edgemc.api.agent.ContentRequest;
import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestTargets;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Contents reach the clusters that need them, and no others. */
class ContentDeliveryTest {
    private final TestPlacement placement = new TestPlacement();

    @Test
    void an_agent_that_has_nothing_gets_a_snapshot_and_its_contents_by_digest() {
        // Given
        Cluster cluster = placement.cluster("snapshot");
        ObjectNode object = TestPlacement.configMap("shop", "a", cluster.uid());
        TestTargets.await(placement.target(cluster, placement.state(object)));
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
        TestTargets.await(placement.target(cluster, placement.state(objects.toArray(ObjectNode[]::new))));
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
        TestTargets.await(placement.target(other, placement.state(object)));
        TestTargets.await(placement.target(cluster, placement.state(TestPlacement.configMap("shop", "mine", "1"))));
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
        TestTargets.await(placement.target(other, theirs));
        TestTargets.await(placement.target(cluster, placement.state(TestPlacement.configMap("shop", "mine", "1"))));
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
        TestTargets.await(placement.target(cluster, placement.state(TestPlacement.secret("shop", "s", canary))));
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
}
