package io.edgemc.kube.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The algebra that ownership rests on. */
class FieldSetTest {
    @Property(tries = 300)
    void whatIsTakenAwayIsGoneAndTheRestStays(@ForAll("sets") FieldSet left, @ForAll("sets") FieldSet right) {
        FieldSet rest = left.difference(right);
        FieldSet common = left.intersection(right);

        assertThat(rest.intersection(right).isEmpty()).isTrue();
        assertThat(rest.union(common)).isEqualTo(left);
        assertThat(common).isEqualTo(right.intersection(left));
        assertThat(left.union(right)).isEqualTo(right.union(left));
    }

    @Property(tries = 300)
    void theWrittenFormReadsBack(@ForAll("sets") FieldSet set) {
        assertThat(FieldSet.parse(set.json())).isEqualTo(set);
        assertThat(FieldSet.read(set.jsonByText())).isEqualTo(set);
    }

    @Provide
    Arbitrary<FieldSet> sets() {
        Arbitrary<List<String>> path = Arbitraries.of("f:a", "f:b", "k:{\"name\":\"c\"}", "v:\"d\"")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
        return path.list().ofMaxSize(6).map(paths -> {
            FieldSet set = new FieldSet();
            for (List<String> edges : paths) {
                FieldSet at = set;
                for (String edge : edges) {
                    at = at.with(edge);
                }
                at.include();
            }
            return set;
        });
    }
}
