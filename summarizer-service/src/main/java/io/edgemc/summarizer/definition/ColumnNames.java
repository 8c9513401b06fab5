package io.edgemc.summarizer.definition;

import java.util.regex.Pattern;

/** What a column may be called: a name that needs no quotes in a query or a JSON path. */
final class ColumnNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");

    private ColumnNames() {}

    static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a column's name is a letter, then letters, digits, '_', not '" + name + "'");
        }
    }
}
