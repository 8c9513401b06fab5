package io.edgemc.kube.apply;

import io.edgemc.kube.apply.MergeType.Form;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes fields out of an object. */
final class Removal {
    private Removal() {}

    /** A new value without the members of {@code gone}, and null in place of what becomes empty by it. */
    static JsonNode of(JsonNode value, FieldSet gone, MergeType type) {
        Form form = type.form(value);
        if (form == Form.SCALAR) {
            return value;
        }
        if (type.atomic(form) || value.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        JsonNode rest = form == Form.LIST ? items(value, gone, type) : members(value, gone, type);
        return rest.isEmpty() ? JsonNodeFactory.instance.nullNode() : rest;
    }

    private static ArrayNode items(JsonNode list, FieldSet gone, MergeType type) {
        ArrayNode rest = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : list) {
            FieldSet child = gone.child(FieldPaths.item(item, type));
            if (child == null || !child.isMember()) {
                rest.add(child == null ? item : of(item, child, type.item()));
            }
        }
        return rest;
    }

    private static ObjectNode members(JsonNode map, FieldSet gone, MergeType type) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        map.properties().forEach(member -> {
            String edge = FieldPaths.field(member.getKey());
            FieldSet child = gone.child(edge);
            if (child == null || !child.isMember()) {
                rest.set(
                        member.getKey(),
                        child == null ? member.getValue() : of(member.getValue(), child, type.at(edge)));
            }
        });
        return rest;
    }
}
