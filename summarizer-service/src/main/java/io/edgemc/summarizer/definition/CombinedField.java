package io.edgemc.summarizer.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A column that combines the rows of a group.
 *
 * @param name of the column
 * @param type how rows are combined
 * @param subject expression of the value of a row; null only for COUNT: every row
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CombinedField(
        String name, AggregateType type, @Nullable String subject) {
    public CombinedField {
        ColumnNames.check(name);
        if (subject == null && type != AggregateType.COUNT) {
            throw new IllegalArgumentException("combined field " + name + ": " + type + " wants a subject");
        }
    }

    public static CombinedField count(String name, String subject) {
        return new CombinedField(name, AggregateType.COUNT, subject);
    }
}
