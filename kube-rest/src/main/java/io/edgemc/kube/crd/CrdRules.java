package io.edgemc.kube.crd;

import io.edgemc.kube.api.Names;
import io.edgemc.kube.cel.RuleCompiler;
import io.edgemc.kube.kind.Kinds;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an API server does with a CRD: completes its names, accepts them, says that it is established. */
public final class CrdRules {
    /** Kept on a CRD that is being deleted until its objects are gone. */
    public static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    /** Fields of which these rules say all that is wrong, also that they are required. */
    public static final Set<String> CHECKED =
            Set.of("spec.group", "spec.scope", "spec.versions", "spec.names", "spec.names.plural", "spec.names.kind");

    private CrdRules() {}

    /** Fills in what Kubernetes fills in, and its status. In place. */
    public static void prepare(@Nullable ObjectNode before, ObjectNode crd, Kinds kinds, String now) {
        if (!(crd.path("spec") instanceof ObjectNode spec) || !(spec.path("names") instanceof ObjectNode names)) {
            return;
        }
        CrdNames.complete(names);
        if (!spec.has("conversion")) {
            spec.putObject("conversion").put("strategy", "None");
        }
        crd.set("status", before == null ? CrdStatus.first(crd) : CrdStatus.of(before, crd, kinds, now));
    }

    /** The same CRD after others came or went; null if nothing changes for it. */
    public static @Nullable ObjectNode again(ObjectNode crd, Kinds kinds, String now) {
        if (CrdStatus.holds(crd.path("status"), "NamesAccepted")
                || !crd.path("spec").path("names").isObject()) {
            return null;
        }
        ObjectNode status = CrdStatus.of(crd, crd, kinds, now);
        if (status.equals(crd.path("status"))) {
            return null;
        }
        ObjectNode after = crd.deepCopy();
        after.set("status", status);
        return after;
    }

    /** What is wrong with a CRD beyond its own schema. */
    public static List<FieldProblem> problems(@Nullable ObjectNode before, ObjectNode crd) {
        List<FieldProblem> problems = new ArrayList<>();
        JsonNode spec = crd.path("spec");
        String plural = spec.path("names").path("plural").asString("");
        String expected = plural + "." + spec.path("group").asString("");
        String name = crd.path("metadata").path("name").asString("");
        if (before != null) {
            immutable(before, crd, problems);
            if (!problems.isEmpty()) {
                return problems;
            }
        }
        if (!name.equals(expected)) {
            problems.add(
                    FieldProblem.invalid("metadata.name", text(name), "must be spec.names.plural+\".\"+spec.group"));
        }
        group(crd, problems);
        scope(spec.path("scope"), problems);
        versions(spec, problems);
        CrdNameRules.problems(spec.path("names"), problems);
        if (spec.path("preserveUnknownFields").asBoolean(false)) {
            problems.add(FieldProblem.invalid(
                    "spec.preserveUnknownFields",
                    "true",
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema"
                            + " instead"));
        }
        CrdStoredVersions.problems(before, crd, problems);
        return problems;
    }

    private static void immutable(ObjectNode before, ObjectNode after, List<FieldProblem> problems) {
        for (String path : List.of("spec.scope", "spec.names.kind", "spec.names.plural", "spec.group")) {
            String pointer = "/" + path.replace('.', '/');
            boolean established = CrdStatus.holds(before.path("status"), "Established");
            boolean always = path.equals("spec.group") || path.equals("spec.names.plural");
            if ((established || always) && !before.at(pointer).equals(after.at(pointer))) {
                problems.add(FieldProblem.invalid(path, after.at(pointer).toString(), "field is immutable"));
            }
        }
    }

    private static void group(ObjectNode crd, List<FieldProblem> problems) {
        String group = crd.path("spec").path("group").asString("");
        if (group.isEmpty()) {
            problems.add(FieldProblem.required("spec.group"));
        } else if (group.indexOf('.') < 0) {
            problems.add(FieldProblem.invalid("spec.group", text(group), "should be a domain with at least one dot"));
        }
        boolean guarded = group.endsWith(".k8s.io") || group.endsWith(".kubernetes.io");
        JsonNode approval = crd.path("metadata").path("annotations").path("api-approved.kubernetes.io");
        if (guarded && approval.asString("").isEmpty()) {
            problems.add(FieldProblem.required(
                    "metadata.annotations[api-approved.kubernetes.io]",
                    "protected groups must have approval annotation \"api-approved.kubernetes.io\", see"
                            + " https://github.com/kubernetes/enhancements/pull/1111"));
        }
    }

    private static void scope(JsonNode scope, List<FieldProblem> problems) {
        if (scope.asString("").isEmpty()) {
            problems.add(FieldProblem.required("spec.scope"));
        } else if (!List.of("Cluster", "Namespaced").contains(scope.asString())) {
            problems.add(new FieldProblem(
                    "spec.scope",
                    FieldProblem.Type.NOT_SUPPORTED,
                    "Unsupported value: " + scope + ": supported values: \"Cluster\", \"Namespaced\""));
        }
    }

    private static void versions(JsonNode spec, List<FieldProblem> problems) {
        JsonNode versions = spec.path("versions");
        Set<String> seen = new HashSet<>();
        int storage = 0;
        boolean unique = true;
        for (int i = 0; i < versions.size(); i++) {
            JsonNode version = versions.get(i);
            String name = version.path("name").asString("");
            if (!Names.isLabel1035(name)) {
                problems.add(FieldProblem.invalid("spec.versions[" + i + "].name", text(name), Names.LABEL_1035_RULE));
            }
            storage += version.path("storage").asBoolean(false) ? 1 : 0;
            unique &= seen.add(name);
            version(spec, i, problems);
        }
        if (!unique) {
            problems.add(FieldProblem.invalid("spec.versions", shown(versions), "must contain unique version names"));
        }
        if (storage != 1) {
            problems.add(FieldProblem.invalid(
                    "spec.versions", shown(versions), "must have exactly one version marked as storage version"));
        }
    }

    /** What all versions have alike an API server keeps, and names, once. */
    private static void version(JsonNode spec, int index, List<FieldProblem> problems) {
        JsonNode version = spec.path("versions").get(index);
        String own = "spec.versions[" + index + "].";
        JsonNode schema = version.path("schema").path("openAPIV3Schema");
        boolean sameSchema = alike(spec, "schema");
        if (!schema.isObject()) {
            problems.add(FieldProblem.required(own + "schema.openAPIV3Schema"));
        } else if (!sameSchema || index == 0) {
            String path = sameSchema ? "spec.validation.openAPIV3Schema" : own + "schema.openAPIV3Schema";
            List<FieldProblem> structural = CrdSchemas.problems(schema, path);
            problems.addAll(structural);
            if (structural.isEmpty()) {
                Schema ruled = CrdKinds.ruled(Schema.custom(schema));
                problems.addAll(new RuleCompiler(ruled, path).problems());
            }
        }
        for (String part : List.of("subresources", "additionalPrinterColumns", "selectableFields")) {
            boolean same = alike(spec, part);
            if (!same || index == 0) {
                CrdParts.problems(part, version, (same ? "spec." : own) + part, problems);
            }
        }
    }

    private static boolean alike(JsonNode spec, String member) {
        JsonNode first = spec.path("versions").path(0).path(member);
        return spec.path("versions")
                .valueStream()
                .allMatch(version -> version.path(member).equals(first));
    }

    /** As an API server shows its versions. */
    private static String shown(JsonNode versions) {
        if (versions.isMissingNode() || versions.isNull()) {
            return "null";
        }
        List<String> all = new ArrayList<>();
        versions.forEach(version -> all.add(JsonNodeFactory.instance
                .objectNode()
                .put("Name", version.path("name").asString(""))
                .put("Served", version.path("served").asBoolean(false))
                .put("Storage", version.path("storage").asBoolean(false))
                .put("Deprecated", version.path("deprecated").asBoolean(false))
                .putNull("DeprecationWarning")
                .putNull("Schema")
                .putNull("Subresources")
                .putNull("AdditionalPrinterColumns")
                .putNull("SelectableFields")
                .toString()));
        return "[" + String.join(",", all) + "]";
    }

    private static String text(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
