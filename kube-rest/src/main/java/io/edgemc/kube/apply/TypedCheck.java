package io.edgemc.kube.apply;

import io.edgemc.kube.apply.MergeType.Form;
import io.edgemc.kube.schema.Schema;
import io.edgemc.kube.schema.Schema.Shape;
import io.edgemc.kube.schema.Schema.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What of an applied configuration cannot be merged: wrong types, fields that nobody knows, keys that are there twice. */
final class TypedCheck {
    private final List<String> problems = new ArrayList<>();

    private TypedCheck() {}

    /** In an API server's words, each with its path; empty if all is well. */
    static List<String> problems(JsonNode configuration, MergeType type) {
        TypedCheck check = new TypedCheck();
        check.value(configuration, type, "");
        return check.problems;
    }

    private void value(JsonNode value, MergeType type, String path) {
        if (value.isNull()) {
            return;
        }
        Form form = type.form(value);
        switch (form) {
            case MAP -> {
                if (value.isObject()) {
                    members(value, type, path);
                } else {
                    say(path, "expected map, got &{" + go(value) + "}");
                }
            }
            case LIST -> {
                if (value.isArray()) {
                    items(value, type, path);
                } else {
                    say(path, "expected list, got &{" + go(value) + "}");
                }
            }
            case SCALAR -> scalar(value, type.schema(), path);
        }
    }

    private void members(JsonNode map, MergeType type, String path) {
        for (Map.Entry<String, JsonNode> member : map.properties()) {
            String at = path + "." + member.getKey();
            MergeType inner = type.member(member.getKey());
            if (inner == null) {
                say(at, "field not declared in schema");
                return;
            }
            value(member.getValue(), inner, at);
        }
    }

    private void items(JsonNode list, MergeType type, String path) {
        boolean atomic = type.atomic(Form.LIST);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            String at = path + "[" + i + "]";
            if (!atomic) {
                String wrong = unkeyed(item, type.schema());
                if (wrong != null) {
                    say(path, "element " + i + ": " + wrong);
                    return;
                }
                String edge = FieldPaths.item(item, type);
                at = path + FieldPaths.shown(edge);
                if (!seen.add(edge)) {
                    say(path, "duplicate entries for key " + FieldPaths.shown(edge));
                }
            }
            value(item, type.item(), at);
        }
    }

    /** Why an item cannot be told from others; null if it can. */
    private static @Nullable String unkeyed(JsonNode item, @Nullable Schema list) {
        if (list == null || list.topology() == Topology.SET) {
            return switch (item.getNodeType()) {
                case OBJECT -> "associative list without keys has an element that's a map type";
                case ARRAY -> "not supported: associative list with lists as elements";
                case NULL -> "associative list without keys has an element that's an explicit null";
                default -> null;
            };
        }
        if (item.isNull()) {
            return "associative list with keys may not have a null element";
        }
        if (!item.isObject()) {
            return "associative list with keys may not have non-map elements";
        }
        return FieldPaths.key(item, list) == null
                ? "associative list with keys has an element that omits all key fields [\""
                        + String.join("\" \"", list.mapKeys())
                        + "\"] (and doesn't have default values for any key fields)"
                : null;
    }

    private void scalar(JsonNode value, @Nullable Schema schema, String path) {
        Shape shape = schema == null ? Shape.ANY : schema.shape();
        boolean fits = switch (shape) {
            case STRING -> value.isString();
            case INTEGER, NUMBER -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
            default -> !value.isContainer();
        };
        if (!fits) {
            say(
                    path,
                    switch (shape) {
                        case STRING -> "expected string, got &value.valueUnstructured{Value:" + syntax(value) + "}";
                        case INTEGER, NUMBER -> "expected numeric (int or float), got " + goType(value);
                        case BOOLEAN -> "expected boolean, got &{" + go(value) + "}";
                        default -> "expected any scalar, got &{" + go(value) + "}";
                    });
        }
    }

    private void say(String path, String what) {
        problems.add(path.isEmpty() ? what : path + ": " + what);
    }

    private static String goType(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map[string]interface {}";
            case ARRAY -> "[]interface {}";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            default -> value.isIntegralNumber() ? "int64" : "float64";
        };
    }

    /** As Go prints a value. */
    private static String go(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                List<String> members = new ArrayList<>();
                value.properties().forEach(member -> members.add(member.getKey() + ":" + go(member.getValue())));
                yield "map[" + String.join(" ", members) + "]";
            }
            case ARRAY -> {
                List<String> items = new ArrayList<>();
                value.forEach(item -> items.add(go(item)));
                yield "[" + String.join(" ", items) + "]";
            }
            case NULL -> "<nil>";
            default -> value.asString();
        };
    }

    /** As Go writes a value in a program. */
    private static String syntax(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                List<String> members = new ArrayList<>();
                value.properties()
                        .forEach(member -> members.add("\"" + member.getKey() + "\":" + syntax(member.getValue())));
                yield goType(value) + "{" + String.join(", ", members) + "}";
            }
            case ARRAY -> {
                List<String> items = new ArrayList<>();
                value.forEach(item -> items.add(syntax(item)));
                yield goType(value) + "{" + String.join(", ", items) + "}";
            }
            case NULL -> "interface {}(nil)";
            default -> value.toString();
        };
    }
}
