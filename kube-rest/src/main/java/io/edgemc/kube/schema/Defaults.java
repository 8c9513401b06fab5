package io.edgemc.kube.schema;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in the defaults that a schema gives, in place. */
public final class Defaults {
    private Defaults() {}

    public static void apply(JsonNode value, Schema schema) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, Schema> property : schema.properties().entrySet()) {
                JsonNode standard = property.getValue().defaultValue();
                JsonNode there = object.get(property.getKey());
                boolean absent =
                        there == null || there.isNull() && !property.getValue().nullable();
                if (absent && standard != null) {
                    object.set(property.getKey(), standard.deepCopy());
                }
            }
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (member.getValue().isContainer()) {
                    apply(member.getValue(), schema.member(member.getKey()));
                }
            }
        } else if (value instanceof ArrayNode array) {
            array.forEach(element -> {
                if (element.isContainer()) {
                    apply(element, schema.element());
                }
            });
        }
    }
}
