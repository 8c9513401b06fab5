package io.edgemc.summarizer.contribution;

import io.edgemc.summarizer.definition.AggregateType;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Adds up rows; a report may have thousands, so it adds in place. Not thread-safe. */
final class ContributionBuilder {
    private final Map<Slot, Counts> bySlot = new LinkedHashMap<>();

    Counts slot(Slot slot) {
        return bySlot.computeIfAbsent(slot, unused -> new Counts());
    }

    Contributions build() {
        Map<Slot, Totals> totals = new LinkedHashMap<>();
        bySlot.forEach((slot, counts) -> totals.put(slot, counts.totals()));
        return new Contributions(totals);
    }

    /** The rows of one group so far. */
    static final class Counts {
        private final Map<String, Column> columns = new HashMap<>();
        private long rows;

        void addRow() {
            rows++;
        }

        void add(String column, AggregateType type, @Nullable JsonNode value) {
            columns.computeIfAbsent(column, unused -> new Column()).add(type, value);
        }

        private Totals totals() {
            Map<String, Measure> measures = new TreeMap<>();
            columns.forEach((name, column) -> measures.put(name, new Measure(column.count, column.sum, column.values)));
            return new Totals(rows, measures);
        }
    }

    private static final class Column {
        private final Map<String, Long> values = new TreeMap<>();
        private long count;
        private BigDecimal sum = BigDecimal.ZERO;

        void add(AggregateType type, @Nullable JsonNode value) {
            count++;
            if (value == null) {
                return;
            }
            switch (type) {
                case COUNT -> {}
                case SUM, AVG -> sum = sum.add(value.decimalValue());
                case MIN, MAX -> values.merge(ValueText.ofNumber(value.decimalValue()), 1L, Long::sum);
                case COUNT_DISTINCT -> values.merge(ValueText.of(value), 1L, Long::sum);
            }
        }
    }
}
