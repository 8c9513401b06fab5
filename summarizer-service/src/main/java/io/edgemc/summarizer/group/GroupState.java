package io.edgemc.summarizer.group;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.edgemc.api.event.SummaryRow;
import io.edgemc.summarizer.contribution.Group;
import io.edgemc.summarizer.contribution.Slot;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a group. While a definition is being replaced it has two editions; at rest it has one.
 *
 * @param summary name of the definition
 * @param group values of the columns
 * @param editions by version
 * @param at time of the newest input, in milliseconds of the epoch
 */
record GroupState(String summary, Group group, Map<String, Edition> editions, long at) {
    @JsonCreator
    GroupState(
            @JsonProperty("summary") String summary,
            @JsonProperty("group") Group group,
            @JsonProperty("editions") Map<String, Edition> editions,
            @JsonProperty("at") long at) {
        this.summary = summary;
        this.group = group;
        this.editions = Map.copyOf(editions);
        this.at = at;
    }

    /** The state after a change, null if nothing is left. */
    static @Nullable GroupState after(@Nullable GroupState before, GroupDelta change) {
        Slot slot = change.delta().slot();
        Map<String, Edition> editions = new TreeMap<>(before == null ? Map.of() : before.editions);
        Edition edition = editions.getOrDefault(slot.version(), Edition.empty(slot.generation()))
                .plus(change);
        if (edition.isEmpty()) {
            editions.remove(slot.version());
        } else {
            editions.put(slot.version(), edition);
        }
        long newest = Math.max(before == null ? 0 : before.at, change.delta().at());
        return editions.isEmpty() ? null : new GroupState(slot.summary(), slot.group(), editions, newest);
    }

    /** The row as it is shown: of the latest edition that has rows; null if none has. */
    @Nullable
    SummaryRow row() {
        return editions.entrySet().stream()
                .filter(edition -> edition.getValue().totals().rows() > 0)
                .max(Comparator.comparingLong((Map.Entry<String, Edition> edition) ->
                                edition.getValue().generation())
                        .thenComparing(Map.Entry::getKey))
                .map(edition -> new SummaryRow(
                        summary,
                        group.columns(),
                        edition.getValue().values(),
                        Instant.ofEpochMilli(at).toString()))
                .orElse(null);
    }
}
