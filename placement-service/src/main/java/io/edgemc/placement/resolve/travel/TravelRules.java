package io.edgemc.placement.resolve.travel;

import io.edgemc.api.object.ObjectKey;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which objects may leave a space (the domain rules, §4). */
public final class TravelRules {
    /** Group of the kinds that steer the system itself. */
    public static final String OWN_GROUP = "edge-mc.io";

    private static final Map<String, Set<String>> NEVER = Map.of(
            "", Set.of("events", "bindings", "componentstatuses", "nodes"),
            "apps", Set.of("controllerrevisions"),
            "authentication.k8s.io", Set.of("tokenreviews", "selfsubjectreviews"),
            "authorization.k8s.io",
                    Set.of(
                            "subjectaccessreviews",
                            "localsubjectaccessreviews",
                            "selfsubjectaccessreviews",
                            "selfsubjectrulesreviews"),
            "certificates.k8s.io", Set.of("certificatesigningrequests"),
            "coordination.k8s.io", Set.of("leases"),
            "events.k8s.io", Set.of("events"),
            "storage.k8s.io", Set.of("csinodes", "csistoragecapacities"));
    private static final Set<String> TOKEN_SECRETS =
            Set.of("kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token");
    private static final String SLICE_MANAGER = "endpointslice.kubernetes.io/managed-by";
    private static final String ENDPOINTS_TRIGGER = "endpoints.kubernetes.io/last-change-trigger-time";

    private TravelRules() {}

    /** The rule for one object. */
    public static Travel of(ObjectKey key, ObjectNode body) {
        if (neverLeaves(key.group(), key.resource()) || madeByController(key, body)) {
            return Travel.NEVER;
        }
        if (isNamespace(key)) {
            return isSystemNamespace(key.name()) ? Travel.EXISTENCE_ONLY : Travel.TRAVELS;
        }
        return isSystemObject(key, body) ? Travel.SYSTEM : Travel.TRAVELS;
    }

    /** Whether a kind never leaves a space, whatever the object. */
    public static boolean neverLeaves(String group, String resource) {
        return group.equals(OWN_GROUP) || NEVER.getOrDefault(group, Set.of()).contains(resource);
    }

    /** Whether a test that names this resource of every group names a kind that never leaves. */
    public static boolean neverLeavesInAnyGroup(String resource) {
        return NEVER.values().stream().anyMatch(resources -> resources.contains(resource));
    }

    /** Whether an entry for this key may be deleted at an edge at all. */
    public static boolean mayBeDeleted(ObjectKey key) {
        return !key.group().equals(OWN_GROUP) && !(isNamespace(key) && isSystemNamespace(key.name()));
    }

    public static boolean isNamespace(ObjectKey key) {
        return key.group().isEmpty() && key.resource().equals("namespaces");
    }

    private static boolean isSystemNamespace(String name) {
        return name.equals("default") || name.startsWith("kube-");
    }

    private static boolean isSystemObject(ObjectKey key, ObjectNode body) {
        if (!key.group().isEmpty()) {
            return false;
        }
        return switch (key.resource()) {
            case "secrets" -> TOKEN_SECRETS.contains(body.path("type").asString(""));
            case "configmaps" -> key.name().equals("kube-root-ca.crt");
            case "serviceaccounts" -> key.name().equals("default");
            default -> false;
        };
    }

    /** Endpoints and slices that a user wrote travel; what a controller derived from a Service is derived again at the edge. */
    private static boolean madeByController(ObjectKey key, ObjectNode body) {
        JsonNode metadata = body.path("metadata");
        if (key.groupResource().equals("endpoints")) {
            return owned(metadata) || metadata.path("annotations").has(ENDPOINTS_TRIGGER);
        }
        if (key.groupResource().equals("endpointslices.discovery.k8s.io")) {
            return owned(metadata)
                    || metadata.path("labels").path(SLICE_MANAGER).asString("").endsWith("-controller.k8s.io");
        }
        return false;
    }

    private static boolean owned(JsonNode metadata) {
        return !metadata.path("ownerReferences").isEmpty();
    }
}
