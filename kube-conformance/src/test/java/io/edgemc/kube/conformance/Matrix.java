package io.edgemc.kube.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document that stands for several cases: each row of its {@code matrix} is one. {@code <name>} stands for the row's
 * value: as text inside a text, as it is (also an object) where it is all of a text. The title gets the row's first value.
 * A row may have a {@code differs} of its own.
 */
final class Matrix {
    private Matrix() {}

    /** The document itself, or one per row. */
    static List<ObjectNode> variants(ObjectNode document) {
        JsonNode rows = document.path("matrix");
        if (!rows.isArray()) {
            return List.of(document);
        }
        List<ObjectNode> variants = new ArrayList<>();
        for (JsonNode row : rows) {
            ObjectNode plain = document.deepCopy();
            plain.remove("matrix");
            ObjectNode filled = (ObjectNode) filled(plain, row);
            String first = row.properties()
                    .iterator()
                    .next()
                    .getValue()
                    .asString()
                    .replaceAll("\\s+", " ")
                    .strip();
            if (row.has("differs")) {
                filled.set("differs", row.get("differs"));
            }
            filled.put("title", document.path("title").asString() + " [" + first + "]");
            variants.add(filled);
        }
        return variants;
    }

    private static JsonNode filled(JsonNode node, JsonNode row) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode made = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, JsonNode> member : object.properties()) {
                    made.set(text(member.getKey(), row), filled(member.getValue(), row));
                }
                yield made;
            }
            case ArrayNode array -> {
                ArrayNode made = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> made.add(filled(element, row)));
                yield made;
            }
            default -> node.isString() ? value(node.asString(), row) : node;
        };
    }

    private static JsonNode value(String text, JsonNode row) {
        for (Map.Entry<String, JsonNode> column : row.properties()) {
            if (text.equals("<" + column.getKey() + ">")) {
                return column.getValue();
            }
        }
        return JsonNodeFactory.instance.stringNode(text(text, row));
    }

    private static String text(String text, JsonNode row) {
        String made = text;
        for (Map.Entry<String, JsonNode> column : row.properties()) {
            JsonNode value = column.getValue();
            made = made.replace("<" + column.getKey() + ">", value.isContainer() ? value.toString() : value.asString());
        }
        return made;
    }
}
