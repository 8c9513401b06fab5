package io.edgemc.kube.write;

import io.edgemc.kube.schema.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Finalizers of an object that is being deleted can only go. */
final class Finalizers {
    private Finalizers() {}

    static List<FieldProblem> problems(JsonNode before, JsonNode after) {
        if (!ObjectMeta.isDeleting(before)) {
            return List.of();
        }
        List<String> added = new ArrayList<>(names(after));
        added.removeAll(names(before));
        return added.isEmpty()
                ? List.of()
                : List.of(FieldProblem.forbidden(
                        "metadata.finalizers",
                        "no new finalizers can be added if the object is being deleted, found new finalizers "
                                + added.stream()
                                        .map(name -> "\"" + name + "\"")
                                        .collect(Collectors.joining(", ", "[]string{", "}"))));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.path("metadata").path("finalizers").forEach(name -> names.add(name.asString("")));
        return names;
    }
}
