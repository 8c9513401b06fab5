package io.edgemc.kube.rules;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes that Kubernetes refuses in words of their own. */
final class UpdateChecks {
    private static final String WHEN_IMMUTABLE = "field is immutable when `immutable` is set";
    private static final Set<String> STATEFUL = Set.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private UpdateChecks() {}

    static void of(String kind, ObjectNode before, ObjectNode after, Findings findings) {
        JsonNode old = before.path("spec");
        JsonNode spec = after.path("spec");
        switch (kind) {
            case "configmaps", "secrets" -> data(before, after, findings);
            case "statefulsets.apps" -> {
                if (!without(old, STATEFUL).equals(without(spec, STATEFUL))) {
                    findings.forbidden(
                            "spec",
                            "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                                    + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy'"
                                    + " and 'minReadySeconds' are forbidden");
                }
            }
            case "pods" -> pod(old, spec, findings);
            case "persistentvolumeclaims" -> claim(before, spec, findings);
            case "services" -> {
                String address = old.path("clusterIP").asString("");
                boolean moved = !spec.path("clusterIP").asString("").equals(address);
                if (moved
                        && !address.isEmpty()
                        && !spec.path("type").asString("").equals("ExternalName")) {
                    findings.invalid(
                            "spec.clusterIPs[0]",
                            spec.path("clusterIPs").isEmpty()
                                    ? ((ObjectNode) spec)
                                            .arrayNode()
                                            .add(spec.path("clusterIP").asString(""))
                                    : spec.path("clusterIPs"),
                            "may not change once set");
                }
            }
            case "jobs.batch" -> {
                if (!old.path("template").equals(spec.path("template"))
                        && !old.path("suspend").asBoolean(false)) {
                    findings.invalid("spec.template", spec.path("template"), "field is immutable");
                }
            }
            case "priorityclasses.scheduling.k8s.io" -> {
                if (!before.path("value").equals(after.path("value"))) {
                    findings.forbidden("value", "may not be changed in an update.");
                }
            }
            case "csidrivers.storage.k8s.io" -> {
                if (!old.path("attachRequired").equals(spec.path("attachRequired"))) {
                    // Kubernetes names the field so.
                    findings.invalid("spec.attachedRequired", spec.path("attachRequired"), "field is immutable");
                }
            }
            case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io" ->
                role(before, after, findings);
            default -> {}
        }
    }

    private static void data(ObjectNode before, ObjectNode after, Findings findings) {
        if (!before.path("immutable").asBoolean(false)) {
            return;
        }
        if (!after.path("immutable").asBoolean(false)) {
            findings.forbidden("immutable", WHEN_IMMUTABLE);
        }
        for (String member : List.of("data", "binaryData")) {
            if (!before.path(member).equals(after.path(member))) {
                findings.forbidden(member, WHEN_IMMUTABLE);
            }
        }
    }

    private static void pod(JsonNode old, JsonNode spec, Findings findings) {
        if (!fixed(old).equals(fixed(spec))) {
            findings.forbidden(
                    "spec",
                    "pod updates may not change fields other than `spec.containers[*].image`,"
                            + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
                            + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be"
                            + " set to 1 if it was previously negative)");
        }
    }

    /** What nobody may change of a pod. */
    private static JsonNode fixed(JsonNode spec) {
        JsonNode copy = without(spec, Set.of("activeDeadlineSeconds", "tolerations", "schedulingGates"));
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : copy.path(list)) {
                if (container instanceof ObjectNode node) {
                    node.remove("image");
                }
            }
        }
        return copy;
    }

    private static void claim(ObjectNode before, JsonNode spec, Findings findings) {
        JsonNode old = before.path("spec");
        boolean bound = before.path("status").path("phase").asString("").equals("Bound");
        Set<String> free = bound
                ? Set.of("resources", "volumeAttributesClassName", "volumeName")
                : Set.of("volumeName", "volumeAttributesClassName");
        ObjectNode fixed = without(old, free);
        ObjectNode wanted = without(spec, free);
        if (!old.has("storageClassName")) {
            // A class may be given later to a claim that was made before there was a default.
            wanted.remove("storageClassName");
        }
        if (!fixed.equals(wanted)) {
            findings.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims");
        }
    }

    private static void role(ObjectNode before, ObjectNode after, Findings findings) {
        JsonNode role = after.path("roleRef");
        if (!before.path("roleRef").equals(role)) {
            findings.invalid(
                    "roleRef",
                    after.objectNode()
                            .put("APIGroup", role.path("apiGroup").asString(""))
                            .put("Kind", role.path("kind").asString(""))
                            .put("Name", role.path("name").asString("")),
                    "cannot change roleRef");
        }
    }

    private static ObjectNode without(JsonNode spec, Set<String> members) {
        ObjectNode copy = spec instanceof ObjectNode object
                ? object.deepCopy()
                : tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        members.forEach(copy::remove);
        return copy;
    }
}
