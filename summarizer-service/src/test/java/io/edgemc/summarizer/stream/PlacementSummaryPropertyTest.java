package io.edgemc.summarizer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.Digest;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Combination.PlacementRef;
import io.edgemc.api.target.Decision;
import io.edgemc.summarizer.definition.CombinedField;
import io.edgemc.summarizer.definition.GroupColumn;
import io.edgemc.summarizer.definition.RowSource;
import io.edgemc.summarizer.definition.SummaryDefinition;
import io.edgemc.summarizer.fleet.Inputs;
import io.edgemc.summarizer.stream.PlacementModel.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Targets, acknowledgements and contents in any order: at rest the placements' summary equals a brute-force evaluation. */
class PlacementSummaryPropertyTest {
    private static final Inputs IN = new Inputs(Driver.TOPICS);

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void placementsAtRestEqualBruteForce(@ForAll("histories") List<Step> history) {
        assertEqualsBruteForce(history);
    }

    /** What the placements were is not known any more when the next target comes: none may stay. */
    @Example
    void aCombinationThatWasForgottenLeavesNothingBehind() {
        assertEqualsBruteForce(List.of(
                new Step.Named(0, "prod"),
                new Step.Content(3),
                new Step.Targeted(0, 3, 0),
                new Step.ContentGone(3),
                new Step.Redefined(false),
                new Step.Content(1),
                new Step.Targeted(0, 1, 0)));
    }

    /** The label changes while the combination is awaited: a placement that stays as it is has to be counted under the new one. */
    @Example
    void aRelabelledClusterWhoseCombinationIsAwaitedIsCountedUnderItsNewLabel() {
        assertEqualsBruteForce(List.of(
                new Step.Redefined(true),
                new Step.Named(0, "prod"),
                new Step.Content(1),
                new Step.Targeted(0, 1, 0),
                new Step.Targeted(0, 3, 0),
                new Step.Named(0, "test")));
    }

    private static void assertEqualsBruteForce(List<Step> history) {
        // Given
        PlacementModel model = new PlacementModel();
        try (Driver driver = new Driver(List.of(definition(model.edition())))) {

            // When
            long sequence = 0;
            for (Step step : history) {
                sequence++;
                switch (step) {
                    case Step.Named(int cluster, String env) ->
                        driver.send(IN.cluster(uid(cluster), "c" + cluster, Map.of("env", env)));
                    case Step.Gone(int cluster) -> driver.send(IN.clusterGone(uid(cluster)));
                    case Step.Targeted(int cluster, int combination, long since) ->
                        driver.send(IN.target(uid(cluster), sequence, digest(combination), since));
                    case Step.Applied(int cluster, long revision, boolean stale, int failed) ->
                        driver.send(IN.applied(uid(cluster), sequence, revision, stale, exceptions(failed)));
                    case Step.Content(int combination) -> driver.send(IN.content(combination(combination)));
                    case Step.ContentGone(int combination) ->
                        driver.send(IN.contentGone(Inputs.digest(combination(combination))));
                    case Step.Decided(int placement) -> driver.send(IN.content(decision(placement)));
                    case Step.Redefined(boolean byEnv) -> driver.restart(List.of(definition(byEnv)));
                }
                model.apply(step);
            }
            for (int i = 0; i < PlacementModel.COMBINATIONS; i++) {
                driver.send(IN.content(combination(i)));
            }
            for (int i = 0; i < PlacementModel.PLACEMENTS; i++) {
                driver.send(IN.content(decision(i)));
            }
            driver.pass(Duration.ofSeconds(1));

            // Then
            assertThat(driver.rows("placed")).isEqualTo(model.expected());
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> clusters = Arbitraries.integers().between(0, 2);
        Arbitrary<Integer> combinations = Arbitraries.integers().between(0, PlacementModel.COMBINATIONS - 1);
        Arbitrary<Integer> placements = Arbitraries.integers().between(0, PlacementModel.PLACEMENTS - 1);
        Arbitrary<Long> revisions = Arbitraries.longs().between(0, 6);
        Arbitrary<Step> targeted =
                Combinators.combine(clusters, combinations, revisions).as(Step.Targeted::new);
        Arbitrary<Step> applied = Combinators.combine(
                        clusters,
                        revisions,
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(-2, PlacementModel.PLACEMENTS - 1))
                .as(Step.Applied::new);
        Arbitrary<Step> named =
                Combinators.combine(clusters, Arbitraries.of("prod", "test")).as(Step.Named::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(8, targeted),
                        Tuple.of(8, applied),
                        Tuple.of(5, named),
                        Tuple.of(1, clusters.<Step>map(Step.Gone::new)),
                        Tuple.of(4, combinations.<Step>map(Step.Content::new)),
                        Tuple.of(1, combinations.<Step>map(Step.ContentGone::new)),
                        Tuple.of(2, placements.<Step>map(Step.Decided::new)),
                        Tuple.of(1, Arbitraries.of(true, false).<Step>map(Step.Redefined::new)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(50);
    }

    private static SummaryDefinition definition(boolean byEnv) {
        List<CombinedField> fields = new ArrayList<>();
        for (String state : PlacementModel.STATES) {
            fields.add(CombinedField.count(state, "item.state == '" + state + "'"));
        }
        return new SummaryDefinition(
                "placed",
                byEnv ? 2 : 1,
                new RowSource.PlacementStates(),
                null,
                null,
                List.of(new GroupColumn("by", byEnv ? "cluster.labels['env']" : "item.uid")),
                fields,
                0);
    }

    private static Combination combination(int number) {
        return new Combination(PlacementModel.members(number).stream()
                .map(placement -> new PlacementRef(
                        "s", "p" + placement, "p" + placement, PlacementModel.changedAt(number, placement)))
                .toList());
    }

    private static @Nullable Digest digest(int combination) {
        return combination == 0 ? null : Inputs.digest(combination(combination));
    }

    private static ObjectException[] exceptions(int failed) {
        return failed < 0 ? new ObjectException[0] : new ObjectException[] {Inputs.exception(decision(failed))};
    }

    private static Decision decision(int placement) {
        String name = "p" + placement;
        return new Decision("select", List.of(new Decision.Source("s", name, name)), null, null, null, null, null);
    }

    private static String uid(int cluster) {
        return "uid-" + cluster;
    }
}
