package io.edgemc.mailbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

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
}
