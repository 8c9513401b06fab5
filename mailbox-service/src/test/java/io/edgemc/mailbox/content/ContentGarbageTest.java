package io.edgemc.mailbox.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.Digest;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.Topics;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.delivery.Differences;
import io.edgemc.mailbox.delivery.TargetHistory;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestTargets;
import io.edgemc.mailbox.testing.Until;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The hub gives contents up; what a mailbox or its edge still needs of them stays, the rest goes. */
class ContentGarbageTest {
    private final TestHub hub = TestHub.shared();
    private final TestPlacement placement = new TestPlacement();
    private final ContentStore store = hub.bean(ContentStore.class);
    private final ContentSweep sweep = new ContentSweep(hub.jdbc(), store, Clock.systemUTC(), Duration.ZERO);

    @Test
    void an_edge_that_holds_what_the_hub_gave_up_gets_the_difference_and_only_then_it_goes() {
        // Given an edge at a state of which the hub has no use any more
        Cluster cluster = placement.cluster("garbage");
        ObjectNode first = object("a", "garbage-1");
        ObjectNode kept = object("b", "garbage-1");
        TargetState before = placement.state(first, kept);
        Target old = placement.target(cluster, before);
        TestTargets.await(old);
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            TestAgent.lines(agent.poll("", 0));
            agent.applied(old);
            Target next = placement.target(cluster, placement.state(object("a", "garbage-2"), kept));
            TestTargets.await(next);
            Set<Digest> given = Set.of(before.manifest(), digest(first));
            giveUp(given);

            // When
            sweep.sweep();
            List<MailboxLine> lines = TestAgent.lines(agent.poll(before.text(), 0));

            // Then the edge is told what changed
            assertThat(((MailboxLine.Head) lines.getFirst()).mode()).isEqualTo("difference");
            assertThat(lines).hasSize(3);

            // When it holds the new state, and no watch looks back any more
            agent.applied(next);
            hub.bean(TargetHistory.class).forget(Duration.ZERO);
            sweep.sweep();

            // Then what was given up is gone, and what is needed is not
            assertThat(store.find(given)).isEmpty();
            assertThat(store.find(digest(kept))).isPresent();

            // When an edge comes back with the old state all the same
            Target last = placement.target(cluster, placement.state(object("a", "garbage-3"), kept));
            TestTargets.await(last);
            List<MailboxLine> again = TestAgent.lines(agent.poll(before.text(), 0));

            // Then it gets all of the target instead of a difference
            assertThat(((MailboxLine.Head) again.getFirst()).mode()).isEqualTo("snapshot");
            assertThat(again).hasSize(4);
        }
    }

    @Test
    void targets_and_tombstones_in_any_order_beside_a_sweep_that_never_rests_lose_nothing() throws Exception {
        // Given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Cluster> clusters = List.of(placement.cluster("busy"), placement.cluster("busy"));
        Map<String, Target> latest = new HashMap<>();
        Map<String, Set<Digest>> needs = new HashMap<>();
        AtomicBoolean running = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> sweeper = threads.submit(() -> {
                int removed = 0;
                while (running.get()) {
                    removed += sweep.sweep();
                    hub.bean(TargetHistory.class).forget(Duration.ZERO);
                }
                return removed;
            });

            // When clusters go to and fro between few states, and what neither needs is given up each time
            for (int step = 0; step < 80; step++) {
                Cluster cluster = clusters.get(random.nextInt(2));
                List<ManifestEntry> entries = new ArrayList<>();
                Set<Digest> needed = new HashSet<>();
                for (String name : List.of("x", "y", "z")) {
                    ObjectNode object = object(name, "busy-" + random.nextInt(2));
                    needed.add(placement.publish(placement.content(object)).digest());
                    entries.add(TestPlacement.apply(object, digest(object)));
                }
                TargetState state = placement.state(entries);
                needed.add(state.manifest());
                latest.put(cluster.uid(), placement.target(cluster, state));
                Set<Digest> before = Objects.requireNonNullElse(needs.put(cluster.uid(), needed), Set.of());
                Set<Digest> unneeded = new HashSet<>(before);
                needs.values().forEach(unneeded::removeAll);
                unneeded.forEach(this::tombstone);
            }
            latest.values().forEach(TestTargets::await);
            running.set(false);
            assertThat(sweeper.get()).as("contents removed, seed %d", seed).isPositive();
        }

        // Then every cluster has its target, and everything that it needs is there
        for (Target target : latest.values()) {
            Set<Digest> needed = needs.get(target.clusterUid());
            Until.holds(
                    "contents are here, seed " + seed,
                    () -> store.find(needed).keySet().containsAll(needed));
            assertThat(hub.bean(Differences.class).entries(target.state())).hasSize(3);
        }
        assertThat(hub.jdbc()
                        .queryForList(
                                "select target from parked_target where cluster_uid = any(?)", String.class, (Object)
                                        latest.keySet().toArray(String[]::new)))
                .isEmpty();

        // When nobody needs any of it
        clusters.forEach(cluster -> TestTargets.await(placement.target(cluster, TargetState.EMPTY)));
        Set<Digest> all = new HashSet<>();
        needs.values().forEach(all::addAll);
        giveUp(all);
        hub.bean(TargetHistory.class).forget(Duration.ZERO);
        sweep.sweep();

        // Then nothing is left of it
        assertThat(store.find(all)).isEmpty();
    }

    private void giveUp(Set<Digest> digests) {
        digests.forEach(this::tombstone);
        Until.holds(
                "the hub has given them up",
                () -> Objects.equals(
                        hub.jdbc()
                                .queryForObject(
                                        "select count(*) from content where doomed_at is null and digest = any(?)",
                                        Long.class,
                                        (Object) ContentStore.bytes(digests)),
                        0L));
    }

    private void tombstone(Digest digest) {
        placement.publish(Topics.CONTENT, digest.hex(), EventTypes.content(ContentKind.NODE), null);
    }

    private static ObjectNode object(String name, String value) {
        return TestPlacement.configMap("garbage", name, value);
    }

    private Digest digest(ObjectNode object) {
        return placement.content(object).digest();
    }
}
