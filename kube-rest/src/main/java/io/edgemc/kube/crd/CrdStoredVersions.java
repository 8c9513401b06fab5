package io.edgemc.kube.crd;

import io.edgemc.kube.schema.FieldProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** In which versions objects of a CRD may rest: each of them must be among its versions. */
final class CrdStoredVersions {
    private static final String PATH = "status.storedVersions";

    private CrdStoredVersions() {}

    /** {@code before} is null for a new CRD. */
    static void problems(@Nullable ObjectNode before, ObjectNode crd, List<FieldProblem> problems) {
        ArrayNode stored = JsonNodeFactory.instance.arrayNode();
        if (before != null) {
            before.path("status").path("storedVersions").forEach(stored::add);
        }
        JsonNode versions = crd.path("spec").path("versions");
        versions.valueStream()
                .filter(version -> version.path("storage").asBoolean(false))
                .limit(1)
                .map(version -> version.path("name"))
                .filter(name -> !contains(stored, name))
                .forEach(stored::add);
        if (stored.isEmpty()) {
            problems.add(FieldProblem.invalid(PATH, "null", "must have at least one stored version"));
            return;
        }
        for (JsonNode version : versions) {
            if (version.path("storage").asBoolean(false) && !contains(stored, version.path("name"))) {
                problems.add(FieldProblem.invalid(
                        PATH,
                        stored.toString(),
                        "must have the storage version " + version.path("name").asString("")));
            }
        }
        for (int i = 0; i < stored.size(); i++) {
            gone(stored.get(i), i, versions, problems);
        }
    }

    private static void gone(JsonNode stored, int index, JsonNode versions, List<FieldProblem> problems) {
        String name = stored.asString("");
        if (versions.valueStream().noneMatch(version -> version.path("name").equals(stored))) {
            problems.add(FieldProblem.invalid(
                    PATH + "[" + index + "]",
                    stored.toString(),
                    "missing from spec.versions; " + name
                            + " was previously a storage version, and must remain in spec.versions until a storage"
                            + " migration ensures no data remains persisted in " + name + " and removes " + name
                            + " from status.storedVersions"));
        }
    }

    private static boolean contains(ArrayNode stored, JsonNode name) {
        return stored.valueStream().anyMatch(name::equals);
    }
}
