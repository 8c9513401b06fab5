package io.edgemc.summarizer.definition;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.json.CanonicalJson;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A question over the reported state of many clusters, as data (the domain rules, §12).
 *
 * @param name of the summary, a DNS label
 * @param generation higher for a later edition of the same name
 * @param rows what becomes a row
 * @param explode expression of a list, a row for each of its elements; null: the thing itself is the row
 * @param filter expression; a row for which it has no value, or false, is left out; null: none is
 * @param groupBy columns that make a group
 * @param combinedFields columns that combine the rows of a group
 * @param limit how many rows a query answers at most, 0 for no limit of the definition's own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SummaryDefinition(
        String name,
        long generation,
        RowSource rows,
        @Nullable String explode,
        @Nullable String filter,
        List<GroupColumn> groupBy,
        List<CombinedField> combinedFields,
        int limit) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int VERSION_LENGTH = 16;

    public SummaryDefinition {
        groupBy = List.copyOf(groupBy);
        combinedFields = List.copyOf(combinedFields);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a summary's name is a DNS label, not '" + name + "'");
        }
        if (groupBy.isEmpty() || combinedFields.isEmpty()) {
            throw new IllegalArgumentException("summary " + name + ": want groupBy and combinedFields");
        }
        if (limit < 0) {
            throw new IllegalArgumentException("summary " + name + ": limit is at least 0");
        }
        Set<String> columns = new HashSet<>();
        groupBy.forEach(column -> checkOnce(columns, column.name(), name));
        combinedFields.forEach(column -> checkOnce(columns, column.name(), name));
    }

    /** Tells editions apart: a function of everything in the definition. */
    @JsonIgnore
    public String version() {
        return Digest.sha256(CanonicalJson.bytes(ApiJson.MAPPER.valueToTree(this)))
                .hex()
                .substring(0, VERSION_LENGTH);
    }

    private static void checkOnce(Set<String> columns, String column, String summary) {
        if (!columns.add(column)) {
            throw new IllegalArgumentException("summary " + summary + ": two columns are called " + column);
        }
    }
}
