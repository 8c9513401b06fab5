package io.edgemc.summarizer.definition;

/**
 * A column by which rows are grouped.
 *
 * @param name of the column
 * @param def expression of its value; a row without a value has the empty text
 */
public record GroupColumn(String name, String def) {
    public GroupColumn {
        ColumnNames.check(name);
    }
}
