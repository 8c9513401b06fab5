package io.edgemc.summarizer.contribution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values of a group's columns, in the order of the definition. Immutable.
 *
 * @param columns name to value
 */
public record Group(Map<String, String> columns) {
    private static final int MAX_VALUE = 512;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Group {
        LinkedHashMap<String, String> copy = new LinkedHashMap<>();
        columns.forEach((name, value) -> copy.put(name, shortened(value)));
        columns = Collections.unmodifiableMap(copy);
    }

    @JsonValue
    @Override
    public Map<String, String> columns() {
        return columns;
    }

    /** The key of this group's row among all summaries: {@code <summary>|<canonical JSON of the columns>}. */
    public String rowKey(String summary) {
        byte[] json = CanonicalJson.bytes(ApiJson.MAPPER.valueToTree(columns));
        return summary + "|" + new String(json, StandardCharsets.UTF_8);
    }

    /** An edge may report any text; a key must stay one. What is cut off still counts, by its hash. */
    private static String shortened(String value) {
        if (value.length() <= MAX_VALUE) {
            return value;
        }
        String hash = Digest.sha256(value).hex();
        return value.substring(0, MAX_VALUE - hash.length() - 1) + "~" + hash;
    }
}
