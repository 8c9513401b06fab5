package io.edgemc.kube.rules;

import io.edgemc.kube.schema.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Collects what checks find, in Kubernetes' words. */
final class Findings {
    private final List<FieldProblem> all = new ArrayList<>();

    List<FieldProblem> all() {
        return all;
    }

    void required(String path) {
        all.add(FieldProblem.required(path));
    }

    void required(String path, String detail) {
        all.add(FieldProblem.required(path, detail));
    }

    void invalid(String path, JsonNode value, String detail) {
        all.add(FieldProblem.invalid(path, value.isMissingNode() ? "null" : value.toString(), detail));
    }

    void invalid(String path, String text, String detail) {
        all.add(FieldProblem.invalid(path, quoted(text), detail));
    }

    /** {@code value} as it is to be shown. */
    void invalidShown(String path, String value, String detail) {
        all.add(FieldProblem.invalid(path, value, detail));
    }

    void forbidden(String path, String detail) {
        all.add(FieldProblem.forbidden(path, detail));
    }

    void duplicate(String path, JsonNode value) {
        all.add(new FieldProblem(path, FieldProblem.Type.DUPLICATE, "Duplicate value: " + value));
    }

    void unsupported(String path, JsonNode value, List<String> supported) {
        all.add(new FieldProblem(
                path,
                FieldProblem.Type.NOT_SUPPORTED,
                "Unsupported value: " + value + ": supported values: "
                        + String.join(
                                ", ", supported.stream().map(Findings::quoted).toList())));
    }

    void tooLong(String path, int mostBytes) {
        all.add(new FieldProblem(
                path, FieldProblem.Type.TOO_LONG, "Too long: may not be more than " + mostBytes + " bytes"));
    }

    void notFound(String path, String value) {
        all.add(new FieldProblem(path, FieldProblem.Type.NOT_FOUND, "Not found: " + quoted(value)));
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
