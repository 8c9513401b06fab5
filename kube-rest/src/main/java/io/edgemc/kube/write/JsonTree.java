package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON into a tree and notes members that are there twice. Not thread-safe: one per document. */
final class JsonTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final boolean merges;
    private final List<String> duplicates = new ArrayList<>();

    /** {@code merges}: whether a member that is there again adds to the first, as Go reads into structs; else it takes its place. */
    JsonTree(JsonParser parser, boolean merges) {
        this.parser = parser;
        this.merges = merges;
    }

    /** The only document; throws 400 if it is empty or more follows. */
    JsonNode read() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw ApiError.badRequest("the body is empty");
        }
        JsonNode node = value(first, "");
        if (parser.nextToken() != null) {
            throw ApiError.badRequest("the body holds more than one JSON value");
        }
        return node;
    }

    /** Paths of members that came again. */
    List<String> duplicates() {
        return duplicates;
    }

    private JsonNode value(JsonToken token, String path) {
        return switch (token) {
            case START_OBJECT -> object(JSON.objectNode(), path);
            case START_ARRAY -> array(path);
            case VALUE_STRING -> JSON.stringNode(parser.getString());
            case VALUE_TRUE -> JSON.booleanNode(true);
            case VALUE_FALSE -> JSON.booleanNode(false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getNumberValue());
            default -> JSON.nullNode();
        };
    }

    private static JsonNode number(Number number) {
        return switch (number) {
            case Integer small -> JSON.numberNode(small);
            case Long large -> JSON.numberNode(large);
            case BigInteger whole -> JSON.numberNode(whole);
            case BigDecimal exact -> JSON.numberNode(exact);
            default -> finite(number.doubleValue());
        };
    }

    /** A number that no double holds is none for Kubernetes, either. */
    private static JsonNode finite(double number) {
        if (!Double.isFinite(number)) {
            throw ApiError.badRequest("the body cannot be parsed: a number is too large");
        }
        return JSON.numberNode(number);
    }

    private ObjectNode object(ObjectNode object, String path) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            String at = path.isEmpty() ? name : path + "." + name;
            JsonNode there = object.get(name);
            if (there != null) {
                duplicates.add(at);
            }
            JsonToken token = parser.nextToken();
            if (merges && there instanceof ObjectNode earlier && token == JsonToken.START_OBJECT) {
                object(earlier, at);
            } else {
                object.set(name, value(token, at));
            }
        }
        return object;
    }

    private ArrayNode array(String path) {
        ArrayNode array = JSON.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token, path + "[" + array.size() + "]"));
        }
        return array;
    }
}
