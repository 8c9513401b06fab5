package io.edgemc.kube.crd;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.schema.RegexSize;
import io.edgemc.kube.schema.Schema;
import io.edgemc.kube.schema.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Whether a CRD's schema is structural, as an API server asks for: each value has one known type, in one place. */
final class CrdSchemas {
    private static final int DEEPEST = 64;
    private static final int MOST_PROBLEMS = 20;
    private static final List<String> TYPES = List.of("array", "boolean", "integer", "number", "object", "string");
    private static final List<String> COMBINED = List.of("allOf", "anyOf", "oneOf");

    /** What only the structural part of a schema may say. */
    private static final List<String> NOT_WHEN_COMBINED =
            List.of("type", "default", "additionalProperties", "nullable");

    private final List<FieldProblem> problems = new ArrayList<>();

    /** Whether a part refers to another schema, or was not looked at: then it is refused, and nothing is checked against it. */
    private boolean unusable;

    private CrdSchemas() {}

    static List<FieldProblem> problems(JsonNode schema, String path) {
        CrdSchemas check = new CrdSchemas();
        String type = schema.path("type").asString("");
        if (type.isEmpty()) {
            check.problems.add(FieldProblem.required(path + ".type", "must not be empty at the root"));
        } else if (!type.equals("object")) {
            check.invalid(path + ".type", text(type), "must be object at the root");
        } else {
            check.metadata(schema.path("properties").path("metadata"), path + ".properties[metadata]");
            check.structural(schema, path, 0, "specified object fields");
        }
        return check.problems;
    }

    private void metadata(JsonNode metadata, String path) {
        for (Map.Entry<String, JsonNode> member : metadata.path("properties").properties()) {
            if (!Set.of("name", "generateName").contains(member.getKey())) {
                problems.add(
                        FieldProblem.forbidden(
                                path,
                                "must not specify anything other than name and generateName, but metadata is implicitly specified"));
                return;
            }
        }
    }

    private void structural(JsonNode schema, String path, int depth, String what) {
        if (depth > DEEPEST) {
            unusable = true;
            problems.add(FieldProblem.forbidden(path, "the schema is nested too deeply"));
            return;
        }
        if (problems.size() > MOST_PROBLEMS) {
            unusable = true;
            return;
        }
        forbidden(schema, path);
        if (schema.has("$ref")) {
            return;
        }
        String type = schema.path("type").asString("");
        boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
        boolean either = schema.path("x-kubernetes-int-or-string").asBoolean(false);
        if (type.isEmpty() && !open && !either) {
            problems.add(FieldProblem.required(path + ".type", "must not be empty for " + what));
        } else if (!type.isEmpty() && !TYPES.contains(type)) {
            problems.add(new FieldProblem(
                    path + ".type",
                    FieldProblem.Type.NOT_SUPPORTED,
                    "Unsupported value: " + text(type) + ": supported values: "
                            + String.join(
                                    ", ", TYPES.stream().map(CrdSchemas::text).toList())));
        }
        values(schema, path);
        extensions(schema, path, open);
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            structural(
                    property.getValue(),
                    path + ".properties[" + property.getKey() + "]",
                    depth + 1,
                    "specified object fields");
        }
        if (schema.path("items").isObject()) {
            structural(schema.path("items"), path + ".items", depth + 1, "specified array items");
        }
        if (schema.path("additionalProperties").isObject()) {
            structural(
                    schema.path("additionalProperties"),
                    path + ".additionalProperties",
                    depth + 1,
                    "specified object fields");
        }
        for (String keyword : COMBINED) {
            for (int i = 0; i < schema.path(keyword).size(); i++) {
                combined(schema.path(keyword).get(i), path + "." + keyword + "[" + i + "]", either, depth + 1);
            }
        }
        if (schema.path("not").isObject()) {
            combined(schema.path("not"), path + ".not", either, depth + 1);
        }
        defaulted(schema, path);
    }

    private void reference(JsonNode schema, String path) {
        if (schema.has("$ref")) {
            unusable = true;
            problems.add(FieldProblem.forbidden(path + ".$ref", "$ref is not supported"));
        }
    }

    private void forbidden(JsonNode schema, String path) {
        reference(schema, path);
        if (schema.path("uniqueItems").asBoolean(false)) {
            problems.add(FieldProblem.forbidden(
                    path + ".uniqueItems",
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
        }
        if (schema.has("x-kubernetes-preserve-unknown-fields")
                && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(true)) {
            invalid(path + ".x-kubernetes-preserve-unknown-fields", "false", "must be true or undefined");
        }
    }

    private void values(JsonNode schema, String path) {
        String pattern = schema.path("pattern").asString("");
        if (!pattern.isEmpty()) {
            try {
                RegexSize.check(pattern);
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                invalid(
                        path + ".pattern",
                        text(pattern),
                        "must be a valid regular expression, but isn't: " + e.getMessage());
            }
        }
        if (schema.path("type").asString("").equals("array")
                && !schema.path("items").isObject()) {
            problems.add(FieldProblem.required(path + ".items", "must be specified"));
        }
    }

    private void extensions(JsonNode schema, String path, boolean open) {
        if (schema.path("x-kubernetes-embedded-resource").asBoolean(false)
                && schema.path("properties").isEmpty()
                && !open) {
            problems.add(FieldProblem.required(
                    path + ".properties",
                    "must not be empty if x-kubernetes-embedded-resource is true without"
                            + " x-kubernetes-preserve-unknown-fields"));
        }
        if (!schema.path("x-kubernetes-list-type").asString("").equals("map")) {
            return;
        }
        JsonNode keys = schema.path("x-kubernetes-list-map-keys");
        if (keys.isEmpty()) {
            problems.add(FieldProblem.required(
                    path + ".x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map"));
        }
        JsonNode item = schema.path("items");
        for (JsonNode key : keys) {
            String name = key.asString("");
            boolean required = item.path("required")
                    .valueStream()
                    .anyMatch(r -> r.asString("").equals(name));
            if (!required && !item.path("properties").path(name).has("default")) {
                problems.add(FieldProblem.required(
                        path + ".items.properties[" + name + "].default",
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                                + " property"));
            }
        }
    }

    private void combined(JsonNode schema, String path, boolean either, int depth) {
        if (depth > DEEPEST || problems.size() > MOST_PROBLEMS) {
            unusable = true;
            return;
        }
        reference(schema, path);
        for (String keyword : NOT_WHEN_COMBINED) {
            boolean spelledOut = keyword.equals("type") && either;
            if (schema.has(keyword) && !spelledOut) {
                problems.add(FieldProblem.forbidden(
                        path + "." + keyword,
                        keyword.equals("type") || keyword.equals("additionalProperties")
                                ? "must be empty to be structural"
                                : "must be undefined to be structural"));
            }
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            combined(property.getValue(), path + ".properties[" + property.getKey() + "]", false, depth + 1);
        }
        if (schema.path("items").isObject()) {
            combined(schema.path("items"), path + ".items", false, depth + 1);
        }
        for (String keyword : COMBINED) {
            for (int i = 0; i < schema.path(keyword).size(); i++) {
                combined(schema.path(keyword).get(i), path + "." + keyword + "[" + i + "]", either, depth + 1);
            }
        }
        if (schema.path("not").isObject()) {
            combined(schema.path("not"), path + ".not", either, depth + 1);
        }
    }

    private void defaulted(JsonNode schema, String path) {
        JsonNode value = schema.path("default");
        if (!value.isMissingNode() && !unusable) {
            Validation.ofValue(value, Schema.custom(schema))
                    .forEach(problem -> problems.add(new FieldProblem(
                            problem.field().isEmpty() ? path + ".default" : path + ".default." + problem.field(),
                            problem.type(),
                            problem.message())));
        }
    }

    private void invalid(String path, String value, String detail) {
        problems.add(FieldProblem.invalid(path, value, detail));
    }

    private static String text(String text) {
        return tools.jackson.databind.node.JsonNodeFactory.instance
                .stringNode(text)
                .toString();
    }
}
