package io.edgemc.placement.resolve.travel;

import io.edgemc.api.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes from an object what belongs to its life in the space (the domain rules, §4). */
public final class Pruning {
    private static final List<String> METADATA = List.of(
            "managedFields",
            "finalizers",
            "generation",
            "ownerReferences",
            "selfLink",
            "resourceVersion",
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generateName");
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";
    private static final String OWN_PREFIX = TravelRules.OWN_GROUP + "/";
    private static final List<String> CONTROLLER_UIDS = List.of("controller-uid", "batch.kubernetes.io/controller-uid");
    private static final Map<String, String> SERVICE_DEFAULTS =
            Map.of("externalTrafficPolicy", "Cluster", "internalTrafficPolicy", "Cluster", "sessionAffinity", "None");

    private Pruning() {}

    /** A pruned copy. Annotations that steer the system (prefix {@code edge-mc.io/}) stay behind as well. */
    public static ObjectNode prune(ObjectKey key, ObjectNode object) {
        boolean preserveNodePort = object.path("metadata")
                .path("annotations")
                .path("edge-mc.io/preserve")
                .asString("")
                .equalsIgnoreCase("nodeport");
        ObjectNode pruned = object.deepCopy();
        pruned.remove("status");
        if (UnsetReplicas.in(key.groupResource(), object) && pruned.get("spec") instanceof ObjectNode spec) {
            spec.remove("replicas");
        }
        if (pruned.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(METADATA);
            pruneAnnotations(metadata);
        }
        switch (key.groupResource()) {
            case "services" -> service(pruned, preserveNodePort);
            case "jobs.batch" -> job(pruned);
            case "daemonsets.apps" -> daemonSet(pruned);
            default -> {
                // No rule of its own.
            }
        }
        return pruned;
    }

    private static void pruneAnnotations(ObjectNode metadata) {
        if (!(metadata.get("annotations") instanceof ObjectNode annotations)) {
            metadata.remove("annotations");
            return;
        }
        List<String> gone = new ArrayList<>();
        for (String name : annotations.propertyNames()) {
            if (name.startsWith(OWN_PREFIX) || name.equals(LAST_APPLIED)) {
                gone.add(name);
            }
        }
        annotations.remove(gone);
        if (annotations.isEmpty()) {
            metadata.remove("annotations");
        }
    }

    private static void service(ObjectNode service, boolean preserveNodePort) {
        if (!(service.get("spec") instanceof ObjectNode spec)) {
            return;
        }
        if (!spec.path("clusterIP").asString("").equals("None")) {
            spec.remove(List.of("clusterIP", "clusterIPs"));
        }
        spec.remove(List.of("ipFamilies", "ipFamilyPolicy"));
        SERVICE_DEFAULTS.forEach((field, value) -> {
            if (spec.path(field).asString("").equals(value)) {
                spec.remove(field);
            }
        });
        if (!preserveNodePort && spec.get("ports") instanceof ArrayNode ports) {
            for (JsonNode port : ports) {
                if (port instanceof ObjectNode one) {
                    one.remove("nodePort");
                }
            }
        }
    }

    /** Every API server counts for itself how often a template changed. */
    private static void daemonSet(ObjectNode set) {
        if (set.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(TEMPLATE_GENERATION);
            if (annotations.isEmpty()) {
                ((ObjectNode) set.get("metadata")).remove("annotations");
            }
        }
    }

    private static void job(ObjectNode job) {
        if (!(job.get("spec") instanceof ObjectNode spec)) {
            return;
        }
        // A selector that the user made is no trace of the controller, and the Job is invalid without it.
        if (!spec.path("manualSelector").asBoolean(false)) {
            spec.remove("selector");
        }
        dropControllerUids(job.get("metadata"));
        dropControllerUids(spec.path("template").get("metadata"));
    }

    private static void dropControllerUids(@Nullable JsonNode metadata) {
        if (metadata instanceof ObjectNode holder && holder.get("labels") instanceof ObjectNode labels) {
            labels.remove(CONTROLLER_UIDS);
            if (labels.isEmpty()) {
                holder.remove("labels");
            }
        }
    }
}
