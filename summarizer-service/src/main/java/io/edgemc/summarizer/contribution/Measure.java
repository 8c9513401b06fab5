package io.edgemc.summarizer.contribution;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What some rows put into one combined column: an element of an abelian group, so that any order of adding and taking back
 * gives the same. Immutable.
 *
 * @param count rows with a value
 * @param sum of the values, exactly; null for 0
 * @param values how often each value occurs, never 0; empty for aggregates that do not need the values
 */
public record Measure(
        long count,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BigDecimal sum,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> values) {
    public static final Measure ZERO = new Measure(0, null, Map.of());

    public Measure(long count, @Nullable BigDecimal sum, @Nullable Map<String, Long> values) {
        this.count = count;
        this.sum = sum == null || sum.signum() == 0 ? null : sum;
        this.values = values == null ? Map.of() : Map.copyOf(values);
    }

    public Measure plus(Measure other) {
        return new Measure(count + other.count, plus(sum, other.sum), plus(values, other.values));
    }

    public Measure negated() {
        Map<String, Long> opposite = new TreeMap<>();
        values.forEach((value, occurs) -> opposite.put(value, -occurs));
        return new Measure(-count, sum == null ? null : sum.negate(), opposite);
    }

    @JsonIgnore
    public boolean isZero() {
        return count == 0 && sum == null && values.isEmpty();
    }

    /** The sum, 0 for none. */
    @JsonIgnore
    public BigDecimal total() {
        return sum == null ? BigDecimal.ZERO : sum;
    }

    private static @Nullable BigDecimal plus(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.add(b).stripTrailingZeros();
    }

    private static Map<String, Long> plus(Map<String, Long> a, Map<String, Long> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        Map<String, Long> both = new TreeMap<>(a);
        b.forEach((value, occurs) -> both.merge(value, occurs, (x, y) -> x + y == 0 ? null : x + y));
        return both;
    }
}
