package io.edgemc.summarizer.contribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.json.ApiJson;
import java.math.BigDecimal;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Totals are an abelian group: that is why order does not matter and nothing is left behind. */
class TotalsPropertyTest {
    @Property(tries = 200)
    void orderDoesNotMatter(@ForAll("totals") Totals a, @ForAll("totals") Totals b, @ForAll("totals") Totals c) {
        assertThat(a.plus(b).plus(c)).isEqualTo(c.plus(a).plus(b)).isEqualTo(a.plus(b.plus(c)));
    }

    @Property(tries = 200)
    void whatIsTakenBackLeavesNothing(@ForAll("totals") Totals a, @ForAll("totals") Totals b) {
        assertThat(a.minus(a).isZero()).isTrue();
        assertThat(a.plus(b).minus(b)).isEqualTo(a.plus(Totals.ZERO));
    }

    @Property(tries = 200)
    void survivesBeingStored(@ForAll("totals") Totals totals) {
        assertThat(ApiJson.MAPPER.readValue(ApiJson.MAPPER.writeValueAsBytes(totals), Totals.class))
                .isEqualTo(totals);
    }

    @Provide
    Arbitrary<Totals> totals() {
        Arbitrary<Long> counts = Arbitraries.longs().between(-3, 3);
        Arbitrary<Map<String, Long>> values = Arbitraries.maps(
                        Arbitraries.of("x", "y"), Arbitraries.longs().between(1, 3))
                .ofMaxSize(2);
        Arbitrary<Measure> measures = Combinators.combine(counts, counts, values)
                .as((count, sum, occurs) -> new Measure(count, BigDecimal.valueOf(sum), occurs));
        return Combinators.combine(
                        counts,
                        Arbitraries.maps(Arbitraries.of("a", "b"), measures.filter(measure -> !measure.isZero()))
                                .ofMaxSize(2))
                .as(Totals::new);
    }
}
