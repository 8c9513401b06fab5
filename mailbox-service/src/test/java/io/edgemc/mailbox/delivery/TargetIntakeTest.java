package io.edgemc.mailbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.postbox.MailboxIndex;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Built;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Targets that come before their contents. */
class TargetIntakeTest {
    private final TestPlacement placement = new TestPlacement();
    private final Targets targets = TestHub.shared().bean(Targets.class);

    @Test
    void a_target_waits_in_memory_for_the_contents_that_are_on_their_way() throws InterruptedException {
        // Given a target whose contents are not here
        Cluster cluster = placement.cluster("soon");
        Built built = built("soon");
        Target target = target(cluster, built);
        TargetIntake intake = new TargetIntake(targets, Duration.ofHours(1));
        // When it comes
        Thread taking = Thread.ofPlatform().start(() -> intake.take(List.of(target)));
        // Then it waits, and is not parked
        Until.holds("the target waits", () -> waits(taking));
        assertThat(isParked(target)).isFalse();
        // When its contents come
        built.nodes().forEach(placement::publish);
        Until.holds("they are stored", () -> targets.areComplete(List.of(target)));
        intake.contentsArrived(Set.of(built.root()));
        // Then it is where the mailbox points
        taking.join();
        Until.holds("the mailbox points to it", () -> revision(cluster) == target.revision());
    }

    @Test
    void a_target_whose_contents_do_not_come_is_parked_until_they_do() {
        // Given
        Cluster cluster = placement.cluster("late");
        Built built = built("late");
        Target target = target(cluster, built);
        TargetIntake intake = new TargetIntake(targets, Duration.ZERO);
        // When
        intake.take(List.of(target));
        // Then
        assertThat(isParked(target)).isTrue();
        assertThat(revision(cluster)).isLessThan(target.revision());
        // When its contents come, the hub's own intake looks at what was parked
        built.nodes().forEach(placement::publish);
        // Then
        Until.holds("the target is moved", () -> revision(cluster) == target.revision());
        Until.holds("it waits no more", () -> !isParked(target));
    }

    private Built built(String name) {
        ObjectNode object = TestPlacement.configMap("shop", name, "1");
        ManifestEntry entry = TestPlacement.apply(
                object, placement.publish(placement.content(object)).digest());
        return TestPlacement.manifest(List.of(entry));
    }

    private static Target target(Cluster cluster, Built built) {
        TargetState state = new TargetState(built.root(), ManifestTree.EMPTY);
        return new Target(
                cluster.uid(), 1_000_000, state, null, 1, "", Instant.now().toString());
    }

    private boolean isParked(Target target) {
        return targets.allParked().stream()
                .anyMatch(parked -> parked.clusterUid().equals(target.clusterUid()));
    }

    private static long revision(Cluster cluster) {
        return TestHub.shared()
                .bean(MailboxIndex.class)
                .find(cluster.uid())
                .orElseThrow()
                .targetRevision();
    }

    private static boolean waits(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Arrivals.class.getName())
                        && frame.getMethodName().equals("await"));
    }
}
