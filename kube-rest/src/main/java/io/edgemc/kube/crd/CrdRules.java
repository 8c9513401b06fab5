package io.edgemc.kube.crd;

import io.edgemc.kube.kind.Kinds;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.schema.Validation;
import io.edgemc.kube.store.KindRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an API server does with a CRD: completes its names, accepts them, says that it is established. */
public final class CrdRules {
    /** Kept on a CRD that is being deleted until its objects are gone. */
    public static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    private static final int DEEPEST_SCHEMA = 64;

    private CrdRules() {}

    /** Fills in what Kubernetes fills in, and its status. In place. */
    public static void prepare(@Nullable ObjectNode before, ObjectNode crd, Kinds kinds, String now) {
        if (!(crd.path("spec") instanceof ObjectNode spec) || !(spec.path("names") instanceof ObjectNode names)) {
            return;
        }
        String kind = names.path("kind").asString("");
        if (names.path("singular").asString("").isEmpty()) {
            names.put("singular", kind.toLowerCase(Locale.ROOT));
        }
        if (names.path("listKind").asString("").isEmpty()) {
            names.put("listKind", kind + "List");
        }
        if (!spec.has("conversion")) {
            spec.putObject("conversion").put("strategy", "None");
        }
        status(before, crd, spec, names, taken(crd, kinds), now);
    }

    /** A kind of the same name that is not this CRD's own: built in, or the view's own. */
    private static boolean taken(ObjectNode crd, Kinds kinds) {
        JsonNode spec = crd.path("spec");
        String plural = spec.path("names").path("plural").asString("");
        if (plural.isEmpty()) {
            return false;
        }
        ServedKind there = kinds.find(new KindRef(spec.path("group").asString(""), plural));
        return there != null && there.origin() != ServedKind.Origin.CRD;
    }

    private static void status(
            @Nullable ObjectNode before, ObjectNode crd, ObjectNode spec, ObjectNode names, boolean taken, String now) {
        ObjectNode status = crd.objectNode();
        JsonNode old = before == null ? crd.objectNode() : before.path("status");
        ArrayNode conditions = status.putArray("conditions");
        condition(conditions, old, "NamesAccepted", !taken, taken ? "KindConflict" : "NoConflicts", now);
        condition(conditions, old, "Established", !taken, taken ? "NotAccepted" : "InitialNamesAccepted", now);
        if (!taken) {
            status.set("acceptedNames", names.deepCopy());
        }
        ArrayNode stored = status.putArray("storedVersions");
        old.path("storedVersions").forEach(stored::add);
        for (JsonNode version : spec.path("versions")) {
            boolean known = stored.valueStream().anyMatch(v -> v.equals(version.get("name")));
            if (version.path("storage").asBoolean(false) && version.has("name") && !known) {
                stored.add(version.get("name"));
            }
        }
        crd.set("status", status);
    }

    private static void condition(
            ArrayNode conditions, JsonNode old, String type, boolean holds, String reason, String now) {
        String value = holds ? "True" : "False";
        String since = now;
        for (JsonNode earlier : old.path("conditions")) {
            if (earlier.path("type").asString("").equals(type)
                    && earlier.path("status").asString("").equals(value)) {
                since = earlier.path("lastTransitionTime").asString(now);
            }
        }
        String message = switch (reason) {
            case "NoConflicts" -> "no conflicts found";
            case "InitialNamesAccepted" -> "the initial names have been accepted";
            case "KindConflict" -> "the kind is served by this API itself";
            default -> "not all names are accepted";
        };
        conditions
                .addObject()
                .put("lastTransitionTime", since)
                .put("message", message)
                .put("reason", reason)
                .put("status", value)
                .put("type", type);
    }

    /** What is wrong with a CRD beyond its own schema. */
    public static List<FieldProblem> problems(@Nullable ObjectNode before, ObjectNode crd) {
        List<FieldProblem> problems = new ArrayList<>();
        JsonNode spec = crd.path("spec");
        String plural = spec.path("names").path("plural").asString("");
        String expected = plural + "." + spec.path("group").asString("");
        String name = crd.path("metadata").path("name").asString("");
        if (!name.equals(expected)) {
            problems.add(FieldProblem.invalid(
                    "metadata.name", "\"" + name + "\"", "must be spec.names.plural+\".\"+spec.group"));
        }
        int storage = 0;
        int index = 0;
        for (JsonNode version : spec.path("versions")) {
            String path = "spec.versions[" + index++ + "]";
            storage += version.path("storage").asBoolean(false) ? 1 : 0;
            JsonNode schema = version.path("schema").path("openAPIV3Schema");
            if (schema.isMissingNode()) {
                problems.add(FieldProblem.required(path + ".schema.openAPIV3Schema", "schemas are required"));
            } else {
                if (!schema.path("type").asString("").equals("object")) {
                    problems.add(
                            FieldProblem.required(path + ".schema.openAPIV3Schema.type", "must be object at the root"));
                }
                schema(schema, path + ".schema.openAPIV3Schema", DEEPEST_SCHEMA, problems);
            }
        }
        if (storage != 1) {
            problems.add(FieldProblem.invalid(
                    "spec.versions",
                    Integer.toString(storage),
                    "must have exactly one version marked as storage version"));
        }
        if (before != null) {
            immutable(before, crd, "/spec/scope", "spec.scope", problems);
            immutable(before, crd, "/spec/group", "spec.group", problems);
            immutable(before, crd, "/spec/names/kind", "spec.names.kind", problems);
        }
        return problems;
    }

    private static void immutable(
            ObjectNode before, ObjectNode after, String pointer, String path, List<FieldProblem> problems) {
        if (!before.at(pointer).equals(after.at(pointer))) {
            problems.add(FieldProblem.invalid(path, after.at(pointer).toString(), "field is immutable"));
        }
    }

    private static void schema(JsonNode schema, String path, int depth, List<FieldProblem> problems) {
        if (depth == 0) {
            problems.add(FieldProblem.forbidden(path, "the schema is nested too deeply"));
            return;
        }
        if (problems.size() > 20) {
            return;
        }
        if (schema.has("$ref")) {
            problems.add(FieldProblem.forbidden(path + ".$ref", "$ref is not supported"));
        }
        String pattern = schema.path("pattern").asString("");
        if (!pattern.isEmpty() && Validation.pattern(pattern) == null) {
            problems.add(
                    FieldProblem.invalid(path + ".pattern", "\"" + pattern + "\"", "must be a valid RE2 expression"));
        }
        schema.path("properties")
                .properties()
                .forEach(p -> schema(p.getValue(), path + ".properties[" + p.getKey() + "]", depth - 1, problems));
        if (schema.path("items").isObject()) {
            schema(schema.path("items"), path + ".items", depth - 1, problems);
        }
        if (schema.path("additionalProperties").isObject()) {
            schema(schema.path("additionalProperties"), path + ".additionalProperties", depth - 1, problems);
        }
    }
}
