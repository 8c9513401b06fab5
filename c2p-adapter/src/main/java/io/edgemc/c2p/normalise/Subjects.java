package io.edgemc.c2p.normalise;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the results of one report are about. */
final class Subjects {
    private final RawReport raw;
    private final @Nullable ObjectNode scope;

    Subjects(RawReport raw, @Nullable ObjectNode scope) {
        this.raw = raw;
        this.scope = scope == null || scope.isEmpty() ? null : withUid(raw.cluster(), scope);
    }

    @Nullable
    ObjectNode scope() {
        return scope;
    }

    /** A result's own resources; else the scope; else the namespace, or the cluster, that the report lies in. */
    List<ObjectNode> of(JsonNode result) {
        List<ObjectNode> resources = new ArrayList<>();
        for (JsonNode resource : result.path("resources")) {
            if (resource instanceof ObjectNode object && !object.isEmpty()) {
                resources.add(withUid(raw.cluster(), object));
            }
        }
        if (resources.isEmpty()) {
            resources.add(scope == null ? surroundings() : scope);
        }
        return resources;
    }

    private ObjectNode surroundings() {
        ObjectNode resource = JsonNodeFactory.instance.objectNode();
        if (raw.key().namespace().isEmpty()) {
            resource.put("apiVersion", "edge-mc.io/v1alpha1")
                    .put("kind", "Cluster")
                    .put("name", raw.cluster());
        } else {
            resource.put("apiVersion", "v1")
                    .put("kind", "Namespace")
                    .put("name", raw.key().namespace());
        }
        return withUid(raw.cluster(), resource);
    }

    private static ObjectNode withUid(String cluster, ObjectNode resource) {
        if (!resource.path("uid").asString("").isEmpty()) {
            return resource;
        }
        return resource.deepCopy()
                .put(
                        "uid",
                        NameUuid.of(
                                cluster,
                                resource.path("apiVersion").asString(""),
                                resource.path("kind").asString(""),
                                resource.path("namespace").asString(""),
                                resource.path("name").asString("")));
    }
}
