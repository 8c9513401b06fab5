package io.edgemc.kube.crd;

import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.schema.Schema;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Subresources, columns and selectable fields of one version of a CRD. */
final class CrdParts {
    private static final List<String> COLUMN_TYPES = List.of("boolean", "date", "integer", "number", "string");

    private static final List<String> COLUMN_FORMATS =
            List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");

    private CrdParts() {}

    static void problems(String part, JsonNode version, String path, List<FieldProblem> problems) {
        switch (part) {
            case "subresources" -> scale(version.path(part).path("scale"), path + ".scale", problems);
            case "additionalPrinterColumns" -> columns(version.path(part), path, problems);
            default -> selectable(version, path, problems);
        }
    }

    private static void scale(JsonNode scale, String path, List<FieldProblem> problems) {
        if (!scale.isObject()) {
            return;
        }
        path(scale, "specReplicasPath", ".spec", true, path, problems);
        path(scale, "statusReplicasPath", ".status", true, path, problems);
        path(scale, "labelSelectorPath", "", false, path, problems);
    }

    private static void path(
            JsonNode scale, String member, String below, boolean required, String path, List<FieldProblem> problems) {
        String at = scale.path(member).asString("");
        boolean inside = at.startsWith(".spec.") || at.startsWith(".status.");
        if (at.isEmpty()) {
            if (required) {
                problems.add(FieldProblem.required(path + "." + member));
            }
        } else if (!at.startsWith(".") || at.contains("[")) {
            problems.add(
                    FieldProblem.invalid(path + "." + member, text(at), "must be a simple json path starting with ."));
        } else if (below.isEmpty() ? !inside : !at.startsWith(below + ".")) {
            problems.add(FieldProblem.invalid(
                    path + "." + member,
                    text(at),
                    "should be a json path under " + (below.isEmpty() ? "either .spec or .status" : below)));
        }
    }

    private static void columns(JsonNode columns, String path, List<FieldProblem> problems) {
        for (int i = 0; i < columns.size(); i++) {
            JsonNode column = columns.get(i);
            String at = path + "[" + i + "]";
            String type = column.path("type").asString("");
            if (column.path("name").asString("").isEmpty()) {
                problems.add(FieldProblem.required(at + ".name"));
            }
            if (!COLUMN_TYPES.contains(type)) {
                problems.add(FieldProblem.invalid(
                        at + ".type", text(type), "must be one of " + String.join(",", COLUMN_TYPES)));
            }
            String format = column.path("format").asString("");
            if (!format.isEmpty() && !COLUMN_FORMATS.contains(format)) {
                problems.add(FieldProblem.invalid(
                        at + ".format", text(format), "must be one of " + String.join(",", COLUMN_FORMATS)));
            }
            String jsonPath = column.path("jsonPath").asString("");
            if (jsonPath.isEmpty()) {
                problems.add(FieldProblem.required(at + ".JSONPath"));
            } else if (!jsonPath.startsWith(".")) {
                problems.add(FieldProblem.invalid(
                        at + ".JSONPath", text(jsonPath), "must be a simple json path starting with ."));
            }
        }
    }

    private static void selectable(JsonNode version, String path, List<FieldProblem> problems) {
        JsonNode fields = version.path("selectableFields");
        Schema root = Schema.custom(version.path("schema").path("openAPIV3Schema"));
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i).path("jsonPath").asString("");
            String at = path + "[" + i + "].jsonPath";
            if (field.isEmpty()) {
                problems.add(FieldProblem.required(at));
            } else if (!field.startsWith(".")) {
                problems.add(
                        FieldProblem.invalid(at, text(field), "is an invalid path: expected [ or . but got: " + field));
            } else if (!leadsToScalar(root, field)) {
                problems.add(
                        FieldProblem.invalid(at, text(field), "is an invalid path: does not refer to a valid field"));
            }
        }
    }

    private static boolean leadsToScalar(Schema root, String path) {
        Schema at = root;
        for (String member : path.substring(1).split("\\.")) {
            Schema next = at.properties().get(member);
            if (next == null) {
                return false;
            }
            at = next;
        }
        return switch (at.shape()) {
            case STRING, INTEGER, BOOLEAN -> true;
            default -> false;
        };
    }

    private static String text(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
