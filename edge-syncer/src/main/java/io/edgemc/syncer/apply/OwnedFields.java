package io.edgemc.syncer.apply;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.syncer.kube.KubeClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which fields of a live object are ours, by the API server's own book-keeping. Whoever changes a field of ours takes it from
 * us there, so drift is that the set became another one than after our last apply; no comparing of values, which defaulting and
 * normalisation would disturb.
 */
final class OwnedFields {
    private static final int MARK_LENGTH = 24;

    private OwnedFields() {}

    /** A short digest of the set, {@code ""} if we own nothing. */
    static String mark(JsonNode live) {
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            if (isOurs(entry)) {
                return Digest.sha256(CanonicalJson.bytes(entry.path("fieldsV1")))
                        .hex()
                        .substring(0, MARK_LENGTH);
            }
        }
        return "";
    }

    /** Whether the horizontal autoscaler, and not a person or tool, set the replicas: it writes by the scale subresource. */
    static boolean isAutoscaled(JsonNode live) {
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            if (entry.path("subresource").asString("").equals("scale")
                    && entry.path("manager").asString("").equals("kube-controller-manager")
                    && entry.path("fieldsV1").path("f:spec").has("f:replicas")) {
                return true;
            }
        }
        return false;
    }

    /** Leaves the replicas to who owns them. */
    static void yieldReplicas(ObjectNode body) {
        if (body.path("spec") instanceof ObjectNode spec) {
            spec.remove("replicas");
        }
    }

    private static boolean isOurs(JsonNode entry) {
        return entry.path("manager").asString("").equals(KubeClient.FIELD_MANAGER)
                && entry.path("operation").asString("").equals("Apply")
                && entry.path("subresource").asString("").isEmpty();
    }
}
