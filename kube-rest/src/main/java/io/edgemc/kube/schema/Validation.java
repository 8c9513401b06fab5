package io.edgemc.kube.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks values against a schema: required, enums, bounds, patterns (in linear time), unique keys. */
public final class Validation {
    private static final int MOST_PROBLEMS = 50;
    private static final int MOST_PATTERNS = 10_000;
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private final List<FieldProblem> problems = new ArrayList<>();

    private Validation() {}

    public static List<FieldProblem> of(JsonNode object, Schema schema) {
        Validation validation = new Validation();
        validation.value(object, schema, "");
        return validation.problems;
    }

    /** Compiles a pattern; null if it is no RE2 expression. */
    public static @Nullable Pattern pattern(String text) {
        Pattern known = PATTERNS.get(text);
        if (known != null) {
            return known;
        }
        try {
            Pattern made = Pattern.compile(text);
            if (PATTERNS.size() >= MOST_PATTERNS) {
                PATTERNS.clear();
            }
            PATTERNS.put(text, made);
            return made;
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private void value(JsonNode value, Schema schema, String path) {
        if (problems.size() >= MOST_PROBLEMS || value.isNull()) {
            return;
        }
        enumeration(value, schema, path);
        switch (value) {
            case ObjectNode object -> object(object, schema, path);
            case ArrayNode array -> array(array, schema, path);
            default -> {
                if (value.isString()) {
                    string(value.asString(), schema, path);
                } else if (value.isNumber()) {
                    number(value.asDecimal(), schema, path);
                }
            }
        }
    }

    private void enumeration(JsonNode value, Schema schema, String path) {
        JsonNode allowed = schema.keyword("enum");
        if (allowed.isEmpty() || value.isString() && value.asString().isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>();
        for (JsonNode one : allowed) {
            if (one.equals(value)) {
                return;
            }
            names.add(one.toString());
        }
        problems.add(new FieldProblem(
                path,
                FieldProblem.Type.NOT_SUPPORTED,
                "Unsupported value: " + value + ": supported values: " + String.join(", ", names)));
    }

    private void object(ObjectNode object, Schema schema, String path) {
        for (String name : schema.required()) {
            JsonNode member = object.get(name);
            if (member == null || member.isNull()) {
                problems.add(FieldProblem.required(join(path, name)));
            }
        }
        bounds(object.size(), "minProperties", "maxProperties", "properties", schema, path);
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            value(member.getValue(), schema.member(member.getKey()), join(path, member.getKey()));
        }
    }

    private void array(ArrayNode array, Schema schema, String path) {
        bounds(array.size(), "minItems", "maxItems", "items", schema, path);
        Set<JsonNode> keys = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            JsonNode key = switch (schema.topology()) {
                case SET -> element;
                case KEYED -> ListKeys.of(element, schema);
                default -> null;
            };
            if (key != null && !keys.add(key)) {
                problems.add(
                        new FieldProblem(path + "[" + i + "]", FieldProblem.Type.DUPLICATE, "Duplicate value: " + key));
            }
            value(element, schema.element(), path + "[" + i + "]");
        }
    }

    private void string(String text, Schema schema, String path) {
        bounds(text.codePointCount(0, text.length()), "minLength", "maxLength", "characters", schema, path);
        String expression = schema.keyword("pattern").asString("");
        if (!expression.isEmpty()) {
            Pattern pattern = pattern(expression);
            if (pattern == null || !pattern.matcher(text).find()) {
                invalid(path, quoted(text), path + " in body should match '" + expression + "'");
            }
        }
    }

    private void number(BigDecimal number, Schema schema, String path) {
        JsonNode least = schema.keyword("minimum");
        JsonNode most = schema.keyword("maximum");
        if (least.isNumber()) {
            int compared = number.compareTo(least.asDecimal());
            boolean exclusive = schema.keyword("exclusiveMinimum").asBoolean(false);
            if (compared < 0 || exclusive && compared == 0) {
                invalid(
                        path,
                        number.toPlainString(),
                        path + " in body should be greater than " + (exclusive ? "" : "or equal to ") + least);
            }
        }
        if (most.isNumber()) {
            int compared = number.compareTo(most.asDecimal());
            boolean exclusive = schema.keyword("exclusiveMaximum").asBoolean(false);
            if (compared > 0 || exclusive && compared == 0) {
                invalid(
                        path,
                        number.toPlainString(),
                        path + " in body should be less than " + (exclusive ? "" : "or equal to ") + most);
            }
        }
    }

    private void bounds(int size, String least, String most, String what, Schema schema, String path) {
        JsonNode atLeast = schema.keyword(least);
        JsonNode atMost = schema.keyword(most);
        if (atLeast.isIntegralNumber() && size < atLeast.asLong()) {
            invalid(path, Integer.toString(size), path + " in body should have at least " + atLeast + " " + what);
        }
        if (atMost.isIntegralNumber() && size > atMost.asLong()) {
            problems.add(new FieldProblem(
                    path, FieldProblem.Type.TOO_LONG, "Too long: may not be more than " + atMost + " " + what));
        }
    }

    private void invalid(String path, String value, String detail) {
        problems.add(FieldProblem.invalid(path, value, detail));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String quoted(String text) {
        return tools.jackson.databind.node.JsonNodeFactory.instance
                .stringNode(text)
                .toString();
    }
}
