package io.edgemc.placement.resolve.travel;

import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether a workload's number of replicas is only the one that a space fills in where its author says none, as every API
 * server does. It stays in the space then: the edge fills in the same, and an autoscaler there may choose another.
 */
final class UnsetReplicas {
    private static final Set<String> KINDS =
            Set.of("deployments.apps", "statefulsets.apps", "replicasets.apps", "replicationcontrollers");
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private UnsetReplicas() {}

    /** {@code object} with its metadata as stored: what was applied, and by whom, is read from there. */
    static boolean in(String groupResource, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        if (!KINDS.contains(groupResource)
                || object.path("spec").path("replicas").asInt(0) != 1) {
            return false;
        }
        JsonNode applied = metadata.path("annotations").path(LAST_APPLIED);
        if (applied.isString()) {
            return !saysReplicas(applied.asString());
        }
        JsonNode managed = metadata.path("managedFields");
        return !managed.isEmpty()
                && managed.valueStream()
                        .noneMatch(
                                entry -> entry.path("fieldsV1").path("f:spec").has("f:replicas"));
    }

    private static boolean saysReplicas(String configuration) {
        try {
            return JsonMapper.shared().readTree(configuration).path("spec").has("replicas");
        } catch (JacksonException e) {
            // Not kubectl's own words: nobody knows what was meant, so what is stored holds.
            return true;
        }
    }
}
