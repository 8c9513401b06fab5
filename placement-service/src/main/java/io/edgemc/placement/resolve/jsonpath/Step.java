package io.edgemc.placement.resolve.jsonpath;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a path. */
sealed interface Step {
    /** {@code .name}, {@code ['a','b']}. */
    record Names(List<String> names) implements Step {}

    /** {@code [n]}, {@code [1,2]}; negative counts from the end. */
    record Indexes(List<Integer> indexes) implements Step {}

    /** {@code [a:b:s]}; null where it was left out. */
    record Slice(@Nullable Integer from, @Nullable Integer to, int step) implements Step {}

    /** {@code *}. */
    record Every() implements Step {}

    /** {@code [?(…)]}. */
    record Where(Filter filter) implements Step {}

    /** {@code ..}: the node itself and all below it; the next step is taken from each of them. */
    record Descend() implements Step {}

    /** Whether it leads to one place at most. */
    default boolean definite() {
        return switch (this) {
            case Names names -> names.names().size() == 1;
            case Indexes indexes -> indexes.indexes().size() == 1;
            default -> false;
        };
    }
}
