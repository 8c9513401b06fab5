package io.edgemc.c2p.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TallyProperties {
    @Property
    void aTotalKeptByDifferencesIsTheTotalCountedAnew(@ForAll("histories") List<List<PolicyAtCluster>> histories) {
        // Given one history per member of a total
        Tally kept = Tally.NOTHING;
        List<Tally> last = new ArrayList<>();

        // When each member's word changes again and again
        for (List<PolicyAtCluster> history : histories) {
            Tally before = Tally.NOTHING;
            for (PolicyAtCluster word : history) {
                Tally after = Tally.of(word.counts(), word.state());
                kept = kept.plus(Tally.change(before, after));
                before = after;
            }
            last.add(before);
        }

        // Then
        assertThat(kept).isEqualTo(last.stream().reduce(Tally.NOTHING, Tally::plus));
    }

    @Provide
    Arbitrary<List<List<PolicyAtCluster>>> histories() {
        Arbitrary<Long> few = Arbitraries.longs().between(0, 2);
        Arbitrary<PolicyAtCluster> word = Combinators.combine(
                        Arbitraries.of(true, false), Arbitraries.of(true, false), few, few, few, few)
                .as((placed, current, pass, fail, warn, error) ->
                        new PolicyAtCluster(placed, new Counts(pass, fail, warn, error), current));
        return word.list().ofMaxSize(6).list().ofMaxSize(8);
    }
}
