package io.edgemc.kube.schema;

import tools.jackson.databind.JsonNode;

/** Which JSON values fit a schema that is neither object nor list. */
final class Scalars {
    private Scalars() {}

    static boolean fits(JsonNode value, Schema schema) {
        return switch (schema.shape()) {
            case STRING -> value.isString();
            case INTEGER -> schema.isCustom() ? isWhole(value) : value.isIntegralNumber() && inRange(value, schema);
            case NUMBER -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
            case INT_OR_STRING ->
                value.isString() || value.isIntegralNumber() && (schema.isCustom() || value.canConvertToInt());
            case QUANTITY -> value.isString() || value.isNumber();
            default -> true;
        };
    }

    /** What should be there, in Go's words where there are some. */
    static String expected(Schema schema) {
        return switch (schema.shape()) {
            case INTEGER -> schema.keyword("format").asString("integer");
            case NUMBER -> "number";
            case BOOLEAN -> "bool";
            case INT_OR_STRING -> "integer or string";
            case QUANTITY -> "quantity";
            default -> "string";
        };
    }

    private static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber() || value.isNumber() && value.asDouble() == Math.rint(value.asDouble());
    }

    private static boolean inRange(JsonNode value, Schema schema) {
        return schema.keyword("format").asString("").equals("int32")
                ? value.canConvertToInt()
                : value.canConvertToLong();
    }
}
