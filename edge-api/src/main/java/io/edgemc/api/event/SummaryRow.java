package io.edgemc.api.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a summary. Public.
 *
 * @param summary name of the definition
 * @param group values of the group's columns, in their order
 * @param values combined columns; null where an aggregate is empty
 * @param asOf RFC 3339 time of the newest input
 */
public record SummaryRow(
        String summary, Map<String, String> group, Map<String, @Nullable Object> values, String asOf) {}
