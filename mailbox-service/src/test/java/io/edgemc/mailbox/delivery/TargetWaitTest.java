package io.edgemc.mailbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.Content;
import io.edgemc.api.target.Target;
import io.edgemc.bus.consume.EventConsumer;
import io.edgemc.bus.consume.EventConsumers;
import io.edgemc.bus.consume.Subscription;
import io.edgemc.mailbox.content.ContentStore;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestTargets;
import io.edgemc.mailbox.testing.Until;
import io.edgemc.servers.testing.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/**
 * A target waits for its contents for a moment in memory, and then in a table. On a topic of each test's own, so that the moment
 * may be as long as the test needs.
 */
@Timeout(120)
class TargetWaitTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final TestHub hub = TestHub.shared();
    private final TestPlacement placement = new TestPlacement();
    private final String topic = TestKafka.uniqueName("targets");
    private final Cluster cluster = placement.cluster("moment");
    private final ObjectNode first = TestPlacement.configMap("shop", "first", cluster.uid());
    private final ObjectNode second = TestPlacement.configMap("shop", "second", cluster.uid());
    private final List<EventConsumer> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(EventConsumer::stop);
    }

    @Test
    void a_target_that_comes_just_before_its_contents_is_moved_without_being_parked() {
        // Given
        TargetIntake intake = started(new TargetIntake(hub.bean(Targets.class), LONG));
        Target target = target(first, second);
        Until.holds("it waits in memory", intake::isWaiting);
        // When one of its contents comes
        arrives(first, intake);
        // Then it waits for the other, still in memory
        Until.holds("it waits again", intake::isWaiting);
        assertThat(TestTargets.parked(cluster)).isZero();
        // And when that comes too, it counts
        arrives(second, intake);
        TestTargets.await(target);
        assertThat(TestTargets.parked(cluster)).isZero();
    }

    @Test
    void one_whose_contents_do_not_come_is_parked_and_moved_when_they_do() {
        // Given
        TargetIntake intake = started(new TargetIntake(hub.bean(Targets.class)));
        Target target = target(first);
        Until.holds("it is parked", () -> TestTargets.parked(cluster) == 1);
        assertThat(intake.isWaiting()).isFalse();
        // When
        arrives(first, intake);
        // Then
        TestTargets.await(target);
        assertThat(TestTargets.parked(cluster)).isZero();
    }

    @Test
    void contents_of_others_that_come_all_the_time_do_not_make_it_wait_longer() {
        // Given
        TargetIntake intake = started(new TargetIntake(hub.bean(Targets.class)));
        target(first);
        // When, then
        Until.holds("it is parked", () -> {
            intake.contentsArrived(Set.of());
            return TestTargets.parked(cluster) == 1;
        });
    }

    @Test
    void a_stop_comes_after_the_wait_and_does_not_hang_on_it() {
        // Given
        TargetIntake intake = started(new TargetIntake(hub.bean(Targets.class)));
        target(first);
        Until.holds("it was taken", () -> intake.isWaiting() || TestTargets.parked(cluster) == 1);
        // When
        stop();
        // Then the wait was over, and nothing is left in memory alone
        assertThat(intake.isWaiting()).isFalse();
        assertThat(TestTargets.parked(cluster)).isOne();
    }

    private TargetIntake started(TargetIntake intake) {
        TestKafka.createTopics(1, topic);
        EventConsumer consumer = hub.bean(EventConsumers.class).consumer(Subscription.shared(topic, topic), intake);
        started.add(consumer);
        consumer.start();
        return intake;
    }

    private Target target(ObjectNode... objects) {
        return placement.target(topic, cluster, placement.stateWithoutContents(objects));
    }

    /** As the consumer of contents does it: kept, and told to those that wait. */
    private void arrives(ObjectNode object, TargetIntake intake) {
        Content content = placement.publish(placement.content(object));
        Until.holds(
                "the content is kept",
                () -> hub.bean(ContentStore.class).find(content.digest()).isPresent());
        intake.contentsArrived(Set.of(content.digest()));
    }
}
