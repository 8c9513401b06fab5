package io.edgemc.kube.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** {@code oneOf}, {@code anyOf}, {@code allOf} and {@code not} of a schema. Their parts judge, they do not shape. */
final class Combined {
    private Combined() {}

    /** What is wrong with {@code value}; nested problems are shown of the part that fits best, as an API server does. */
    static List<FieldProblem> problems(JsonNode value, Schema schema, String path) {
        List<FieldProblem> problems = new ArrayList<>();
        anyOf(value, schema, path, problems);
        oneOf(value, schema, path, problems);
        allOf(value, schema, path, problems);
        JsonNode not = schema.keyword("not");
        if (not.isObject() && nested(value, not, path).isEmpty()) {
            problems.add(refused("\"" + path + "\" must not validate the schema (not)"));
        }
        return problems;
    }

    private static void anyOf(JsonNode value, Schema schema, String path, List<FieldProblem> problems) {
        JsonNode parts = schema.keyword("anyOf");
        List<List<FieldProblem>> failures = failures(value, parts, path);
        if (!parts.isEmpty() && failures.size() == parts.size()) {
            problems.add(refused("\"" + path + "\" must validate at least one schema (anyOf)"));
            problems.addAll(best(failures));
        }
    }

    private static void oneOf(JsonNode value, Schema schema, String path, List<FieldProblem> problems) {
        JsonNode parts = schema.keyword("oneOf");
        List<List<FieldProblem>> failures = failures(value, parts, path);
        int fitting = parts.size() - failures.size();
        if (!parts.isEmpty() && fitting != 1) {
            problems.add(refused("\"" + path + "\" must validate one and only one schema (oneOf). Found "
                    + (fitting == 0 ? "none valid" : fitting + " valid alternatives")));
            problems.addAll(fitting == 0 ? best(failures) : List.of());
        }
    }

    private static void allOf(JsonNode value, Schema schema, String path, List<FieldProblem> problems) {
        JsonNode parts = schema.keyword("allOf");
        List<List<FieldProblem>> failures = failures(value, parts, path);
        failures.forEach(problems::addAll);
        if (!failures.isEmpty()) {
            problems.add(refused("\"" + path + "\" must validate all the schemas (allOf)."
                    + (failures.size() == parts.size() ? " None validated" : "")));
        }
    }

    private static List<List<FieldProblem>> failures(JsonNode value, JsonNode parts, String path) {
        List<List<FieldProblem>> failures = new ArrayList<>();
        for (JsonNode part : parts) {
            List<FieldProblem> nested = nested(value, part, path);
            if (!nested.isEmpty()) {
                failures.add(nested);
            }
        }
        return failures;
    }

    private static List<FieldProblem> nested(JsonNode value, JsonNode part, String path) {
        return Validation.ofPart(value, Schema.custom(part), path);
    }

    private static List<FieldProblem> best(List<List<FieldProblem>> failures) {
        return failures.getFirst();
    }

    private static FieldProblem refused(String detail) {
        return FieldProblem.invalid("<nil>", "\"\"", detail);
    }
}
