package io.edgemc.summarizer.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.summarizer.contribution.Slot;
import io.edgemc.summarizer.contribution.Totals;
import io.edgemc.summarizer.definition.AggregateType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A difference that one source makes to one group.
 *
 * @param slot the group
 * @param columns the combined columns of the definition in their order; empty where the edition is not known any more, because
 *     then only what was once added is taken back
 * @param totals what to add, with negative numbers for what is taken back
 * @param at time of the input that led to it, in milliseconds of the epoch
 */
public record Delta(
        Slot slot,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, AggregateType> columns,
        Totals totals,
        long at) {
    public Delta(Slot slot, @Nullable Map<String, AggregateType> columns, Totals totals, long at) {
        this.slot = slot;
        this.columns = columns == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        this.totals = totals;
        this.at = at;
    }

    /** The key of the row. */
    public String rowKey() {
        return slot.group().rowKey(slot.summary());
    }
}
