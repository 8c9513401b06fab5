package io.edgemc.kube.apply;

import io.edgemc.kube.schema.ListKeys;
import io.edgemc.kube.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Edges of field paths. */
final class FieldPaths {
    private FieldPaths() {}

    static String field(String name) {
        return "f:" + name;
    }

    /** The edge to an item of a list that is owned item by item; null if the item has no key. */
    static @Nullable String item(JsonNode item, Schema list) {
        if (list.topology() == Schema.Topology.SET) {
            return "v:" + item;
        }
        JsonNode key = ListKeys.of(item, list);
        return key == null ? null : "k:" + key;
    }

    /** As conflicts show it. */
    static String shown(String edge) {
        String rest = edge.substring(2);
        return switch (edge.charAt(0)) {
            case 'f' -> "." + rest;
            case 'v' -> "[=" + rest + "]";
            case 'k' -> "[" + keys(rest) + "]";
            default -> "[" + rest + "]";
        };
    }

    private static String keys(String json) {
        try {
            List<String> parts = new ArrayList<>();
            for (Map.Entry<String, JsonNode> key :
                    JsonMapper.shared().readTree(json).properties()) {
                parts.add(key.getKey() + "=" + key.getValue());
            }
            return String.join(",", parts);
        } catch (JacksonException e) {
            return json; // a client wrote managedFields by hand
        }
    }
}
