package io.edgemc.kube.cel;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.edgemc.kube.schema.Formats;
import io.edgemc.kube.schema.Schema;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Values of expressions, out of objects that their schema has accepted. */
final class SchemaValues {
    private SchemaValues() {}

    static Object of(JsonNode value, Schema schema) {
        return switch (value.getNodeType()) {
            case OBJECT -> members(value, schema);
            case ARRAY -> {
                List<Object> items = new ArrayList<>(value.size());
                value.forEach(item -> items.add(of(item, schema.element())));
                yield items;
            }
            case STRING -> string(value.asString(), schema);
            case BOOLEAN -> value.asBoolean();
            case NUMBER -> number(value, schema);
            default -> NullValue.NULL_VALUE;
        };
    }

    private static Object number(JsonNode value, Schema schema) {
        boolean whole = schema.shape() != Schema.Shape.NUMBER && value.isIntegralNumber();
        return whole || schema.shape() == Schema.Shape.INTEGER ? (Object) value.asLong(0) : (Object) value.asDouble(0);
    }

    private static Map<String, Object> members(JsonNode value, Schema schema) {
        boolean named = !schema.properties().isEmpty();
        Map<String, Object> members = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String name = named ? FieldNames.escaped(member.getKey()) : member.getKey();
            if (name != null) {
                members.put(name, of(member.getValue(), schema.member(member.getKey())));
            }
        }
        return members;
    }

    private static Object string(String text, Schema schema) {
        if (schema.shape() != Schema.Shape.STRING) {
            return text;
        }
        Object special = switch (schema.keyword("format").asString("")) {
            case "byte" -> CelByteString.of(Base64.getDecoder().decode(text));
            case "date", "date-time" -> Formats.instant(text);
            case "duration" -> Formats.duration(text);
            default -> text;
        };
        return special == null ? text : special;
    }
}
