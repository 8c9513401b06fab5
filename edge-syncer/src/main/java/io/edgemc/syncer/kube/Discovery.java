package io.edgemc.syncer.kube;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the API server serves, read by aggregated discovery (two requests) when asked to and kept in a few kilobytes. Thread-safe.
 */
public final class Discovery {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

    private final KubeClient client;
    private volatile Map<GroupResource, ResourceType> types = Map.of();

    public Discovery(KubeClient client) {
        this.client = client;
    }

    /** Asks the server; true if anything changed. */
    public boolean refresh() throws IOException {
        Map<GroupResource, ResourceType> fresh = new LinkedHashMap<>();
        read(client.get("/api", AGGREGATED), fresh);
        read(client.get("/apis", AGGREGATED), fresh);
        synchronized (this) {
            boolean changed = !fresh.equals(types);
            types = fresh;
            return changed;
        }
    }

    /** Whether the server answered at least once. */
    public boolean isKnown() {
        return !types.isEmpty();
    }

    public Optional<ResourceType> find(GroupResource wanted) {
        return Optional.ofNullable(types.get(wanted));
    }

    /** As {@link #find}, asking the server once more if it is unknown. */
    public Optional<ResourceType> findFresh(GroupResource wanted) throws IOException {
        if (!types.containsKey(wanted)) {
            refresh();
        }
        return find(wanted);
    }

    public Collection<ResourceType> all() {
        return types.values();
    }

    private static void read(JsonNode groups, Map<GroupResource, ResourceType> into) {
        for (JsonNode group : groups.path("items")) {
            String name = group.path("metadata").path("name").asString("");
            // Versions come in the order of the server's preference, so the first that has a resource counts.
            for (JsonNode version : group.path("versions")) {
                String versionName = version.path("version").asString("");
                for (JsonNode resource : version.path("resources")) {
                    ResourceType type = new ResourceType(
                            name,
                            versionName,
                            resource.path("resource").asString(""),
                            resource.path("responseKind").path("kind").asString(""),
                            resource.path("scope").asString("").equals("Namespaced"),
                            verbs(resource));
                    into.putIfAbsent(type.groupResource(), type);
                }
            }
        }
    }

    private static Set<String> verbs(JsonNode resource) {
        Set<String> verbs = new HashSet<>();
        for (JsonNode verb : resource.path("verbs")) {
            verbs.add(verb.asString("").intern());
        }
        return verbs;
    }
}
