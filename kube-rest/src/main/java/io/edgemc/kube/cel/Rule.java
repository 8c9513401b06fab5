package io.edgemc.kube.cel;

import dev.cel.runtime.CelEvaluationException;
import io.edgemc.kube.schema.FieldProblem;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A compiled rule.
 *
 * @param messageExpression null if there is none
 * @param transition whether it speaks of the value before
 */
record Rule(
        RuleText text,
        Expressions.Compiled rule,
        Expressions.@Nullable Compiled messageExpression,
        boolean transition) {

    /**
     * What is wrong, null for nothing.
     *
     * @param variables {@code self} and, if there is one, {@code oldSelf}
     * @throws Costs.Exceeded if the evaluation costs too much
     */
    @Nullable
    FieldProblem problem(JsonNode value, String path, Map<String, Object> variables, Costs costs) {
        try {
            return Boolean.TRUE.equals(rule.value(variables, costs)) ? null : failed(value, path, variables, costs);
        } catch (CelEvaluationException e) {
            String why = words(e);
            return FieldProblem.invalid(path, "\"" + kind(value) + "\"", why + " evaluating rule: " + text.name());
        }
    }

    /** What went wrong, in the words of the other implementation of CEL. */
    private static String words(CelEvaluationException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof KubeTypes.Refused refused) {
                return String.valueOf(refused.getMessage());
            }
        }
        return String.valueOf(e.getMessage())
                .replaceFirst("^evaluation error( at <input>:[0-9]+)?: ", "")
                .replaceFirst("^key '(.*)' is not present in map\\.$", "no such key: $1")
                .replaceFirst("^Index out of bounds", "index out of bounds");
    }

    /** That its evaluation, and with it that of the whole object, ended for its cost. */
    FieldProblem tooCostly(JsonNode value, String path) {
        return FieldProblem.invalid(
                path,
                "\"" + kind(value) + "\"",
                "'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call"
                        + " cost exceeds limit for rule: " + text.rule().strip());
    }

    private FieldProblem failed(JsonNode value, String path, Map<String, Object> variables, Costs costs) {
        String message = message(variables, costs);
        String at = path + fieldPath();
        return switch (text.reason()) {
            case "FieldValueForbidden" -> FieldProblem.forbidden(at, message);
            case "FieldValueRequired" -> FieldProblem.required(at, message);
            case "FieldValueDuplicate" ->
                new FieldProblem(
                        at, FieldProblem.Type.DUPLICATE, "Duplicate value" + (value.isContainer() ? "" : ": " + value));
            default ->
                value.isContainer()
                        ? new FieldProblem(at, FieldProblem.Type.INVALID, "Invalid value: " + message)
                        : FieldProblem.invalid(at, value.toString(), message);
        };
    }

    private String fieldPath() {
        return text.fieldPath().replaceAll("\\['([^']*)'\\]", "[$1]");
    }

    private String message(Map<String, Object> variables, Costs costs) {
        if (messageExpression == null) {
            return text.fixedMessage();
        }
        try {
            String said =
                    String.valueOf(messageExpression.value(variables, costs)).strip();
            return said.isEmpty() || said.indexOf('\n') >= 0 ? text.fixedMessage() : said;
        } catch (CelEvaluationException e) {
            return text.fixedMessage();
        }
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            default -> value.isIntegralNumber() ? "integer" : "number";
        };
    }
}
