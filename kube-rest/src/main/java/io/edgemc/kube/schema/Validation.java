package io.edgemc.kube.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
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
    /** What API descriptions call required and no API server misses; an Event's times have rules of their own. */
    private static final Set<String> OPTIONAL =
            Set.of("LimitRangeSpec.limits", "Event.eventTime", "EventSeries.count", "EventSeries.lastObservedTime");

    private static final int MOST_PROBLEMS = 50;
    private static final int MOST_PATTERNS = 10_000;
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private final List<FieldProblem> problems = new ArrayList<>();

    private Validation() {}

    /** What is wrong with an object. */
    public static List<FieldProblem> of(JsonNode object, Schema schema) {
        return of(object, schema, null);
    }

    /**
     * What is wrong with an object in the place of another.
     *
     * @param before what a CRD's schema does not judge again where it stays the same; null to judge everything
     */
    public static List<FieldProblem> of(JsonNode object, Schema schema, @Nullable JsonNode before) {
        Validation validation = new Validation();
        validation.value(object, schema, "", schema.isCustom() ? before : null);
        return validation.problems;
    }

    /** The same for any value, with its type. */
    public static List<FieldProblem> ofValue(JsonNode value, Schema schema) {
        Validation validation = new Validation();
        validation.type(value, schema, "");
        if (validation.problems.isEmpty()) {
            validation.value(value, schema, "", null);
        }
        return validation.problems;
    }

    /** What a part of a combined schema says of a value at {@code path}. */
    static List<FieldProblem> ofPart(JsonNode value, Schema schema, String path) {
        Validation validation = new Validation();
        validation.value(value, schema, path, null);
        return validation.problems;
    }

    private void type(JsonNode value, Schema schema, String path) {
        boolean fits = TypeNames.fits(value, schema);
        if (!fits && !(value.isNull() && schema.nullable())) {
            String found = TypeNames.found(value, schema);
            problems.add(new FieldProblem(
                    path,
                    FieldProblem.Type.TYPE_INVALID,
                    "Invalid value: \"" + found + "\": " + path + " in body must be of type "
                            + TypeNames.expected(value, schema) + ": \"" + found + "\""));
        }
    }

    /** Compiles a pattern; null if it is no RE2 expression. */
    public static @Nullable Pattern pattern(String text) {
        Pattern known = PATTERNS.get(text);
        if (known != null) {
            return known;
        }
        try {
            RegexSize.check(text);
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

    private void value(JsonNode value, Schema schema, String path, @Nullable JsonNode before) {
        if (problems.size() >= MOST_PROBLEMS || value.isNull() || value.equals(before)) {
            return;
        }
        if (schema.isCustom()) {
            type(value, schema, path);
        }
        enumeration(value, schema, path);
        switch (value) {
            case ObjectNode object -> object(object, schema, path, before);
            case ArrayNode array -> array(array, schema, path, before);
            default -> {
                if (value.isString()) {
                    string(value.asString(), schema, path);
                } else if (value.isNumber()) {
                    NumberChecks.of(value, schema, path, problems);
                }
            }
        }
        if (schema.isCustom()) {
            problems.addAll(Combined.problems(value, schema, path));
        }
    }

    private void enumeration(JsonNode value, Schema schema, String path) {
        JsonNode allowed = schema.keyword("enum");
        if (allowed.isEmpty()
                || !schema.isCustom() && value.isString() && value.asString().isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>();
        for (JsonNode one : allowed) {
            if (one.equals(value)) {
                return;
            }
            names.add(one.isString() ? one.toString() : "\"" + one + "\"");
        }
        problems.add(new FieldProblem(
                path,
                FieldProblem.Type.NOT_SUPPORTED,
                "Unsupported value: " + value + ": supported values: " + String.join(", ", names)));
    }

    private void object(ObjectNode object, Schema schema, String path, @Nullable JsonNode before) {
        List<String> required = new ArrayList<>(schema.required());
        if (schema.isCustom() && schema.embedsResource()) {
            required.addAll(List.of("apiVersion", "kind"));
        }
        if (!schema.isCustom()) {
            missing(object, required, schema, path);
        }
        bounds(object.size(), "minProperties", "maxProperties", "properties", schema, path);
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            value(
                    member.getValue(),
                    schema.member(member.getKey()),
                    join(path, member.getKey()),
                    before == null ? null : before.get(member.getKey()));
        }
        if (schema.isCustom()) {
            missing(object, required, schema, path);
        }
    }

    private void missing(ObjectNode object, List<String> required, Schema schema, String path) {
        for (String name : required) {
            if (isMissing(object.get(name), schema) && !isStatus(schema, path) && !isOptional(schema, name)) {
                problems.add(required(schema, name, join(path, name), object.get(name)));
            }
        }
    }

    /** In the words of Kubernetes' code where it has some of its own. */
    private static FieldProblem required(Schema schema, String name, String path, @Nullable JsonNode there) {
        return switch (schema.go() == null ? "" : schema.go().typeName() + "." + name) {
            case "ValidatingWebhook.admissionReviewVersions", "MutatingWebhook.admissionReviewVersions" ->
                FieldProblem.required(path, "must specify one of v1, v1beta1");
            case "PodFailurePolicyOnExitCodesRequirement.values" ->
                FieldProblem.invalid(path, String.valueOf(there), "at least one value is required");
            default -> FieldProblem.required(path);
        };
    }

    private static boolean isOptional(Schema schema, String name) {
        return schema.go() != null && OPTIONAL.contains(schema.go().typeName() + "." + name);
    }

    /** An empty list or map of a built-in kind rests as none. */
    private static boolean isMissing(@Nullable JsonNode member, Schema schema) {
        if (member == null || member.isNull()) {
            return true;
        }
        boolean saysNothing = member.isString() && member.asString().isEmpty()
                || schema.go() != null && !schema.go().keepsEmpty() && member.isArray() && member.isEmpty();
        return !schema.isCustom() && saysNothing;
    }

    /** What a status of a built-in kind must hold is the matter of who writes it. */
    private static boolean isStatus(Schema schema, String path) {
        return !schema.isCustom() && (path.equals("status") || path.startsWith("status."));
    }

    private void array(ArrayNode array, Schema schema, String path, @Nullable JsonNode before) {
        Map<JsonNode, JsonNode> old = byKey(before, schema);
        bounds(array.size(), "minItems", "maxItems", "items", schema, path);
        Set<JsonNode> keys = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = array.get(i);
            JsonNode key = switch (schema.topology()) {
                case SET -> element;
                case KEYED -> ListKeys.of(element, schema);
                default -> null;
            };
            if (key != null && !keys.add(key) && schema.isCustom()) {
                problems.add(
                        new FieldProblem(path + "[" + i + "]", FieldProblem.Type.DUPLICATE, "Duplicate value: " + key));
            }
            value(element, schema.element(), path + "[" + i + "]", key == null ? null : old.get(key));
        }
    }

    /** Items of the list before that can be told apart from their neighbours. */
    private static Map<JsonNode, JsonNode> byKey(@Nullable JsonNode before, Schema schema) {
        Map<JsonNode, JsonNode> old = new HashMap<>();
        if (before != null && schema.topology() == Schema.Topology.KEYED) {
            for (JsonNode item : before) {
                JsonNode key = ListKeys.of(item, schema);
                if (key != null) {
                    old.put(key, item);
                }
            }
        }
        return old;
    }

    private void string(String text, Schema schema, String path) {
        written(text, schema, path);
        String format = schema.keyword("format").asString("");
        if (schema.isCustom() && !Formats.fits(format, text)) {
            problems.add(new FieldProblem(
                    path,
                    FieldProblem.Type.TYPE_INVALID,
                    "Invalid value: " + quoted(text) + ": " + path + " in body must be of type " + format + ": "
                            + quoted(text)));
        }
    }

    /** Only the first of what is wrong is told. */
    private void written(String text, Schema schema, String path) {
        int length = text.codePointCount(0, text.length());
        JsonNode least = schema.keyword("minLength");
        JsonNode most = schema.keyword("maxLength");
        String expression = schema.keyword("pattern").asString("");
        if (most.isIntegralNumber() && length > most.asLong()) {
            problems.add(new FieldProblem(
                    path, FieldProblem.Type.TOO_LONG, "Too long: may not be more than " + most + " bytes"));
        } else if (least.isIntegralNumber() && length < least.asLong()) {
            invalid(path, quoted(text), path + " in body should be at least " + least + " chars long");
        } else if (!expression.isEmpty()) {
            Pattern pattern = pattern(expression);
            if (pattern == null || !pattern.matcher(text).find()) {
                invalid(path, quoted(text), path + " in body should match '" + expression + "'");
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
                    path,
                    FieldProblem.Type.TOO_MANY,
                    "Too many: " + size + ": must have at most " + atMost + " items"));
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
