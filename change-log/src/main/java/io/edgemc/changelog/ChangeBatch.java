package io.edgemc.changelog;

import java.util.List;

/**
 * Rows in the order of their positions.
 *
 * @param rows what to publish
 * @param through every committed row up to here is in {@code rows} or was published before; the next batch starts after it
 * @param more whether the reader stopped at its limit, so that rows may follow at once
 */
public record ChangeBatch<R>(List<R> rows, long through, boolean more) {
    public ChangeBatch {
        rows = List.copyOf(rows);
    }
}
