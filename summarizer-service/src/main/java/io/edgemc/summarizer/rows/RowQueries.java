package io.edgemc.summarizer.rows;

import io.edgemc.api.json.ApiJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads pages of rows. Thread-safe. */
public final class RowQueries {
    private final RowIndex index;

    public RowQueries(RowIndex index) {
        this.index = index;
    }

    /**
     * A page.
     *
     * @param asOf when the newest change of the summary was written; the epoch if it never had a row
     * @param rows in the order of their keys
     * @param nextKey where to go on, null at the end
     */
    public record Page(
            Instant asOf, List<JsonNode> rows, @Nullable String nextKey) {}

    /** Names of summaries that have rows on the topic. */
    public Set<String> names() {
        return index.names();
    }

    /** Rows whose group has the given values, after a key. */
    public Page page(String summary, Map<String, String> group, String afterKey, int most) {
        Optional<SummaryRows> rows = index.rows(summary);
        if (rows.isEmpty()) {
            return new Page(Instant.EPOCH, List.of(), null);
        }
        Instant asOf = rows.get().asOf();
        List<Row> found = rows.get().page(afterKey, group, most + 1);
        boolean more = found.size() > most;
        List<Row> page = more ? found.subList(0, most) : found;
        return new Page(
                asOf,
                page.stream().map(row -> ApiJson.MAPPER.readTree(row.json())).toList(),
                more ? page.getLast().key() : null);
    }
}
