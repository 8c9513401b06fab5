package io.edgemc.kube.schema;

import tools.jackson.databind.JsonNode;

/** Types of values as messages about custom kinds name them: what was found, and what was expected. */
final class TypeNames {
    private TypeNames() {}

    static boolean fits(JsonNode value, Schema schema) {
        return switch (schema.shape()) {
            case OBJECT, MAP -> value.isObject();
            case LIST -> value.isArray();
            default -> Scalars.fits(value, schema);
        };
    }

    /** The type of JSON, or Go's name of it where a format is expected. */
    static String found(JsonNode value, Schema schema) {
        String go = goFormat(value);
        if (namesFormat(value, schema)) {
            return go;
        }
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case STRING -> "string";
            case NULL -> "null";
            default -> "object";
        };
    }

    static String expected(JsonNode value, Schema schema) {
        if (namesFormat(value, schema)) {
            return schema.keyword("format").asString("");
        }
        return switch (schema.shape()) {
            case INT_OR_STRING -> "integer,string";
            case OBJECT, MAP -> "object";
            default -> schema.keyword("type").asString("");
        };
    }

    private static boolean namesFormat(JsonNode value, Schema schema) {
        return !schema.keyword("format").asString("").isEmpty()
                && !value.isString()
                && !value.isArray()
                && !value.isNull();
    }

    private static String goFormat(JsonNode value) {
        return value.isIntegralNumber() ? "int64" : value.isNumber() ? "double" : "";
    }
}
