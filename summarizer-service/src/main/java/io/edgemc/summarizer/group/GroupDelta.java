package io.edgemc.summarizer.group;

import java.util.Map;

/**
 * A difference after its values have been counted.
 *
 * @param delta the difference
 * @param distinct by column, how many more different values there are now
 * @param extremes by column, the least or greatest value now, as a sortable text; empty text if there is none
 */
record GroupDelta(Delta delta, Map<String, Long> distinct, Map<String, String> extremes) {
    GroupDelta {
        distinct = Map.copyOf(distinct);
        extremes = Map.copyOf(extremes);
    }
}
