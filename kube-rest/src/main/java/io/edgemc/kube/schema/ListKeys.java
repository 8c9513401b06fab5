package io.edgemc.kube.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Keys of the items of a list that is a map. */
public final class ListKeys {
    private ListKeys() {}

    /** The item's key members, sorted by name, defaults filled in; null if the item has none of them. */
    public static @Nullable ObjectNode of(JsonNode item, Schema list) {
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        List<String> names = list.mapKeys().stream().sorted().toList();
        for (String name : names) {
            JsonNode value = item.get(name);
            if (value == null || value.isNull()) {
                value = list.element().member(name).defaultValue();
            }
            if (value != null) {
                key.set(name, value);
            }
        }
        return key.isEmpty() ? null : key;
    }
}
