package io.edgemc.summarizer.rest;

import io.edgemc.summarizer.definition.GroupColumn;
import io.edgemc.summarizer.definition.SummaryDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.util.MultiValueMap;

/**
 * What a request asks of a summary.
 *
 * @param group values that the columns must have
 * @param limit rows of a page
 * @param afterKey where the page before ended, {@code ""} for the first
 */
record RowQuery(Map<String, String> group, int limit, String afterKey) {
    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1_000;
    private static final int MAX_CURSOR = 16_000;
    private static final String GROUP = "group.";

    /** Reads {@code group.<column>=<value>}, {@code limit} and {@code cursor}; throws a problem for anything else. */
    static RowQuery of(SummaryDefinition definition, MultiValueMap<String, String> parameters) {
        Map<String, String> group = new HashMap<>();
        int limit = definition.limit() == 0 ? DEFAULT_LIMIT : Math.min(DEFAULT_LIMIT, definition.limit());
        String cursor = "";
        for (String name : parameters.keySet()) {
            String value = String.valueOf(parameters.getFirst(name));
            if (name.startsWith(GROUP)) {
                group.put(column(definition, name.substring(GROUP.length())), value);
            } else {
                switch (name) {
                    case "limit" -> limit = limit(value);
                    case "cursor" -> cursor = cursor(definition, value);
                    default ->
                        throw ProblemException.badRequest(
                                "unknown-parameter",
                                "'" + name + "' is not a parameter; use group.<column>, limit, cursor");
                }
            }
        }
        return new RowQuery(group, limit, cursor);
    }

    /** The cursor that leads to the rows after a key. */
    static String cursorAfter(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String column(SummaryDefinition definition, String name) {
        return definition.groupBy().stream()
                .map(GroupColumn::name)
                .filter(name::equals)
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest(
                        "unknown-column",
                        "summary '" + definition.name() + "' has no column '" + name + "'; it is grouped by "
                                + definition.groupBy().stream()
                                        .map(GroupColumn::name)
                                        .toList()));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw wrongLimit(text);
        }
        throw wrongLimit(text);
    }

    private static ProblemException wrongLimit(String text) {
        return ProblemException.badRequest(
                "invalid-limit", "limit is a number from 1 to " + MAX_LIMIT + ", not '" + text + "'");
    }

    private static String cursor(SummaryDefinition definition, String text) {
        if (text.length() <= MAX_CURSOR) {
            try {
                String key = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                if (key.startsWith(definition.name() + "|")) {
                    return key;
                }
            } catch (IllegalArgumentException e) {
                throw wrongCursor();
            }
        }
        throw wrongCursor();
    }

    private static ProblemException wrongCursor() {
        return ProblemException.badRequest(
                "invalid-cursor", "the cursor is not one that this summary gave; ask again without it");
    }
}
