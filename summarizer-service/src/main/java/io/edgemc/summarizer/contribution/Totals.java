package io.edgemc.summarizer.contribution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What some rows put into one group, or a difference of two such: adding and taking back commute. Immutable.
 *
 * @param rows how many rows
 * @param measures by combined column; those that are zero are not there
 */
public record Totals(
        long rows,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Measure> measures) {
    public static final Totals ZERO = new Totals(0, Map.of());

    public Totals(long rows, @Nullable Map<String, Measure> measures) {
        this.rows = rows;
        this.measures = measures == null ? Map.of() : Map.copyOf(measures);
    }

    public Totals plus(Totals other) {
        Map<String, Measure> sum = new TreeMap<>(measures);
        other.measures.forEach((column, measure) -> {
            Measure both = sum.getOrDefault(column, Measure.ZERO).plus(measure);
            if (both.isZero()) {
                sum.remove(column);
            } else {
                sum.put(column, both);
            }
        });
        return new Totals(rows + other.rows, sum);
    }

    public Totals minus(Totals other) {
        return plus(other.negated());
    }

    public Totals negated() {
        Map<String, Measure> opposite = new TreeMap<>();
        measures.forEach((column, measure) -> opposite.put(column, measure.negated()));
        return new Totals(-rows, opposite);
    }

    @JsonIgnore
    public boolean isZero() {
        return rows == 0 && measures.isEmpty();
    }

    public Measure measure(String column) {
        return measures.getOrDefault(column, Measure.ZERO);
    }
}
