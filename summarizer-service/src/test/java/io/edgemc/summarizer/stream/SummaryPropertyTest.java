package io.edgemc.summarizer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.summarizer.definition.AggregateType;
import io.edgemc.summarizer.definition.CombinedField;
import io.edgemc.summarizer.definition.GroupColumn;
import io.edgemc.summarizer.definition.RowSource.ReportedObjects;
import io.edgemc.summarizer.definition.RowSource.ResourceKind;
import io.edgemc.summarizer.definition.SummaryDefinition;
import io.edgemc.summarizer.fleet.Inputs;
import io.edgemc.summarizer.stream.FleetModel.Step;
import java.time.Duration;
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

/** Whatever happened in whatever order: at rest a summary equals a brute-force evaluation. */
class SummaryPropertyTest {
    private static final Inputs IN = new Inputs(Driver.TOPICS);
    private static final ReportedObjects REPORTS =
            new ReportedObjects(List.of(new ResourceKind("wgpolicyk8s.io", "policyreports")));

    @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
    void aSummaryAtRestEqualsBruteForce(@ForAll("histories") List<Step> history) {
        assertEqualsBruteForce(history);
    }

    /** The way there and back before anything was computed again: one source was evaluated under each edition. */
    @Example
    void aDefinitionThatIsTakenBackBeforeAllWasComputedLeavesNothingOfTheOtherEdition() {
        assertEqualsBruteForce(List.of(
                new Step.Named(0, "prod"),
                new Step.Reported(0, 0, 1, 1, List.of(1)),
                new Step.Redefined(true),
                new Step.Reported(0, 0, 1, 2, List.of(2)),
                new Step.Redefined(false)));
    }

    @Example
    void twoRestartsInARowChangeNothing() {
        assertEqualsBruteForce(List.of(
                new Step.Named(0, "prod"),
                new Step.Reported(0, 0, 1, 1, List.of(1)),
                new Step.Redefined(false),
                new Step.Redefined(false)));
    }

    private static void assertEqualsBruteForce(List<Step> history) {
        // Given
        FleetModel model = new FleetModel();
        try (Driver driver = new Driver(List.of(definition(model.edition())))) {

            // When
            for (Step step : history) {
                switch (step) {
                    case Step.Named(int cluster, String env) ->
                        driver.send(IN.cluster(uid(cluster), "c" + cluster, Map.of("env", env)));
                    case Step.Gone(int cluster) -> driver.send(IN.clusterGone(uid(cluster)));
                    case Step.Reported(int cluster, int object, long epoch, long sequence, List<Integer> scores) ->
                        driver.send(IN.report(
                                uid(cluster), key(object), epoch, sequence, FleetModel.body(key(object), scores)));
                    case Step.Deleted(int cluster, int object, long epoch, long sequence) ->
                        driver.send(IN.deleted(uid(cluster), key(object), epoch, sequence));
                    case Step.Redefined(boolean byEnv) -> driver.restart(List.of(definition(byEnv)));
                }
                model.apply(step);
            }
            driver.pass(Duration.ofSeconds(1));

            // Then
            assertThat(driver.rows("scores")).isEqualTo(model.expected());
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> clusters = Arbitraries.integers().between(0, 2);
        Arbitrary<Integer> objects = Arbitraries.integers().between(0, 1);
        Arbitrary<Long> epochs = Arbitraries.longs().between(1, 2);
        Arbitrary<Long> sequences = Arbitraries.longs().between(1, 6);
        Arbitrary<List<Integer>> scores =
                Arbitraries.integers().between(-2, 3).list().ofMaxSize(4);
        Arbitrary<Step> reported = Combinators.combine(clusters, objects, epochs, sequences, scores)
                .as(Step.Reported::new);
        Arbitrary<Step> deleted =
                Combinators.combine(clusters, objects, epochs, sequences).as(Step.Deleted::new);
        Arbitrary<Step> named =
                Combinators.combine(clusters, Arbitraries.of("prod", "test")).as(Step.Named::new);
        Arbitrary<Step> gone = clusters.map(Step.Gone::new);
        Arbitrary<Step> redefined = Arbitraries.of(true, false).map(Step.Redefined::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(8, reported),
                        Tuple.of(2, deleted),
                        Tuple.of(4, named),
                        Tuple.of(1, gone),
                        Tuple.of(1, redefined))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    private static SummaryDefinition definition(boolean byEnv) {
        return new SummaryDefinition(
                "scores",
                byEnv ? 2 : 1,
                REPORTS,
                "returned.results",
                null,
                List.of(new GroupColumn("by", byEnv ? "cluster.labels['env']" : "item.policy")),
                List.of(
                        new CombinedField("rows", AggregateType.COUNT, null),
                        new CombinedField("sum", AggregateType.SUM, "item.score"),
                        new CombinedField("least", AggregateType.MIN, "item.score"),
                        new CombinedField("greatest", AggregateType.MAX, "item.score"),
                        new CombinedField("clusters", AggregateType.COUNT_DISTINCT, "cluster.uid")),
                0);
    }

    private static String uid(int cluster) {
        return "uid-" + cluster;
    }

    private static ObjectKey key(int object) {
        return new ObjectKey("wgpolicyk8s.io", "policyreports", "ns", "r" + object);
    }
}
