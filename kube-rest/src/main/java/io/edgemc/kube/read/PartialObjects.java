package io.edgemc.kube.read;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code PartialObjectMetadata}: an object's metadata and nothing else. */
public final class PartialObjects {
    private PartialObjects() {}

    public static ObjectNode of(JsonNode object) {
        return of(object, "v1");
    }

    /** {@code version} of {@code meta.k8s.io}. */
    static ObjectNode of(JsonNode object, String version) {
        ObjectNode partial = JsonNodeFactory.instance.objectNode();
        partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/" + version);
        partial.set("metadata", object.path("metadata"));
        return partial;
    }
}
