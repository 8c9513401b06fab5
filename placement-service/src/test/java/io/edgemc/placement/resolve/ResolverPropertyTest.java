package io.edgemc.placement.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever is changed in whatever order, clusters get what the brute-force oracle says, and lose only what a tombstone names. */
class ResolverPropertyTest {
    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void incrementalEqualsBruteForceAndEdgesConverge(@ForAll long seed) {
        TestHub hub = new TestHub();
        World world = new World(seed, hub);
        Oracle oracle = new Oracle();
        Map<String, Edge> edges = new HashMap<>();
        for (int step = 0; step < 60; step++) {
            hub.apply(world.some().toArray(Change[]::new));
            oracle.look(hub);
            for (ClusterFacts cluster : hub.clusters.values()) {
                assertThat(hub.held(cluster.name()))
                        .as("cluster %s at step %d of seed %d", cluster.name(), step, seed)
                        .isEqualTo(oracle.held.get(cluster.name()));
                if (world.chance(50)) {
                    follow(hub, edges, cluster);
                }
            }
            if (world.chance(5)) {
                assertThat(hub.restart().targets())
                        .as("targets after a restart at step %d of seed %d", step, seed)
                        .isEmpty();
            }
        }
        for (ClusterFacts cluster : hub.clusters.values()) {
            follow(hub, edges, cluster);
            Edge edge = edges.get(cluster.name());
            assertThat(edge.managed)
                    .as("edge %s of seed %d", cluster.name(), seed)
                    .isEqualTo(oracle.held.get(cluster.name()));
            assertThat(edge.unclaimed)
                    .as("forgotten by edge %s of seed %d", cluster.name(), seed)
                    .isEmpty();
        }
    }

    /** What a target newly names is written again, however often it was there before: the hub checks that every target is complete. */
    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void nothingRestsOnContentsThatWereTakenAway(@ForAll long seed) {
        TestHub hub = new TestHub();
        World world = new World(seed, hub);
        Oracle oracle = new Oracle();
        for (int step = 0; step < 60; step++) {
            hub.apply(world.some().toArray(Change[]::new));
            oracle.look(hub);
            if (world.chance(60)) {
                hub.collectGarbage();
            }
            for (ClusterFacts cluster : hub.clusters.values()) {
                assertThat(hub.held(cluster.name()))
                        .as("cluster %s at step %d of seed %d", cluster.name(), step, seed)
                        .isEqualTo(oracle.held.get(cluster.name()));
            }
            if (world.chance(5)) {
                assertThat(hub.restart().targets())
                        .as("targets after a restart at step %d of seed %d", step, seed)
                        .isEmpty();
            }
        }
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void aResolutionThatIsTakenBackLeavesNoTrace(@ForAll long seed) {
        TestHub hub = new TestHub();
        World world = new World(seed, hub);
        Oracle oracle = new Oracle();
        for (int step = 0; step < 30; step++) {
            List<Change> lost = world.some();
            hub.model.apply(new Batch(++hub.revision, lost));
            hub.model.rolledBack();
            hub.apply(world.some().toArray(Change[]::new));
            oracle.look(hub);
            for (ClusterFacts cluster : hub.clusters.values()) {
                assertThat(hub.held(cluster.name()))
                        .as("cluster %s at step %d of seed %d", cluster.name(), step, seed)
                        .isEqualTo(oracle.held.get(cluster.name()));
            }
        }
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void theOrderOfArrivalDoesNotMatter(@ForAll long seed) {
        TestHub first = new TestHub();
        World world = new World(seed, first);
        for (int step = 0; step < 40; step++) {
            first.apply(world.some().toArray(Change[]::new));
        }
        TestHub second = new TestHub();
        second.revision = first.revision;
        List<Change> rest = new java.util.ArrayList<>(first.objects.values());
        first.clusters.values().forEach(cluster -> rest.add(second.write(cluster)));
        java.util.Collections.shuffle(rest, new java.util.Random(seed));
        rest.forEach(second::apply);

        TestHub third = new TestHub();
        third.revision = first.revision;
        java.util.Collections.shuffle(rest, new java.util.Random(seed + 1));
        third.apply(rest.toArray(Change[]::new));

        for (ClusterFacts cluster : first.clusters.values()) {
            Map<String, String> one = new TreeMap<>(second.held(cluster.name()));
            Map<String, String> other = new TreeMap<>(third.held(cluster.name()));
            // What is refused, or cannot be rendered, keeps what was there first; all else is a function of what is
            // wanted.
            assertThat(held(second)).as("held back, seed %d", seed).isEqualTo(held(third));
            held(second).forEach(one::remove);
            held(third).forEach(other::remove);
            assertThat(one).as("cluster %s of seed %d", cluster.name(), seed).isEqualTo(other);
        }
    }

    private static Set<String> held(TestHub hub) {
        return hub.results.values().stream()
                .flatMap(result -> Stream.concat(
                        result.errors().stream().map(PlacementResult.ObjectError::object),
                        result.conflicts().stream()
                                .filter(conflict -> conflict.rule().equals("refuse"))
                                .map(PlacementResult.Conflict::object)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void follow(TestHub hub, Map<String, Edge> edges, ClusterFacts cluster) {
        edges.computeIfAbsent(cluster.name(), any -> new Edge()).follow(hub, hub.targets.get(cluster.uid()));
    }
}
