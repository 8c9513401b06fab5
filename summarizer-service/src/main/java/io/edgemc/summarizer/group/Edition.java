package io.edgemc.summarizer.group;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.summarizer.contribution.Measure;
import io.edgemc.summarizer.contribution.Totals;
import io.edgemc.summarizer.contribution.ValueText;
import io.edgemc.summarizer.definition.AggregateType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one edition of a definition has in a group. Immutable.
 *
 * @param generation of the definition
 * @param columns combined columns in their order
 * @param totals without the values themselves
 * @param distinct by column, how many different values
 * @param extremes by column, least or greatest value as a sortable text
 */
record Edition(
        long generation,
        Map<String, AggregateType> columns,
        Totals totals,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> distinct,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> extremes) {

    Edition(
            long generation,
            Map<String, AggregateType> columns,
            Totals totals,
            @Nullable Map<String, Long> distinct,
            @Nullable Map<String, String> extremes) {
        this.generation = generation;
        this.columns = new LinkedHashMap<>(columns);
        this.totals = totals;
        this.distinct = distinct == null ? Map.of() : Map.copyOf(distinct);
        this.extremes = extremes == null ? Map.of() : Map.copyOf(extremes);
    }

    static Edition empty(long generation) {
        return new Edition(generation, Map.of(), Totals.ZERO, Map.of(), Map.of());
    }

    Edition plus(GroupDelta change) {
        Delta delta = change.delta();
        Map<String, Long> values = new TreeMap<>(distinct);
        change.distinct().forEach((column, more) -> values.merge(column, more, (a, b) -> a + b == 0 ? null : a + b));
        values.values().removeIf(count -> count == 0);
        Map<String, String> ends = new TreeMap<>(extremes);
        ends.putAll(change.extremes());
        ends.values().removeIf(String::isEmpty);
        return new Edition(
                generation,
                delta.columns().isEmpty() ? columns : delta.columns(),
                totals.plus(withoutValues(delta.totals())),
                values,
                ends);
    }

    /** Nothing is left of it. */
    @JsonIgnore
    boolean isEmpty() {
        return totals.isZero() && distinct.isEmpty();
    }

    /** The values of the combined columns, as they are shown. */
    Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        columns.forEach((column, type) -> values.put(column, value(column, type)));
        return values;
    }

    private @Nullable Object value(String column, AggregateType type) {
        Measure measure = totals.measure(column);
        return switch (type) {
            case COUNT -> measure.count();
            case SUM -> measure.total();
            case AVG ->
                measure.count() == 0
                        ? null
                        : measure.total().divide(BigDecimal.valueOf(measure.count()), MathContext.DECIMAL64);
            case COUNT_DISTINCT -> distinct.getOrDefault(column, 0L);
            case MIN, MAX -> {
                String end = extremes.get(column);
                yield end == null ? null : ValueText.number(end);
            }
        };
    }

    private static Totals withoutValues(Totals totals) {
        Map<String, Measure> measures = new TreeMap<>();
        totals.measures().forEach((column, measure) -> {
            Measure numbers = new Measure(measure.count(), measure.sum(), Map.of());
            if (!numbers.isZero()) {
                measures.put(column, numbers);
            }
        });
        return new Totals(totals.rows(), measures);
    }
}
