package io.edgemc.placement.space;

import io.edgemc.api.json.ApiJson;
import io.edgemc.kube.store.ObjectBody;
import io.edgemc.kube.store.StoredObject;
import tools.jackson.databind.node.ObjectNode;

/** Trees of stored objects. */
public final class Bodies {
    /** Annotation that the hub itself writes: how many clusters are to hold the object. */
    public static final String EXECUTING_COUNT = "edge-mc.io/executing-count";

    /** Annotation that the hub itself writes: uid of the cluster whose status the object shows. */
    public static final String STATUS_FROM = "edge-mc.io/status-from";

    private Bodies() {}

    /** Without resourceVersion. */
    public static ObjectNode parse(byte[] body) {
        return (ObjectNode) ApiJson.MAPPER.readTree(body);
    }

    /** Without resourceVersion. */
    public static ObjectNode parse(StoredObject object) {
        return parse(object.body());
    }

    /** The resting form; a resourceVersion is left out. */
    public static Version.Body body(ObjectNode object) {
        ObjectBody body = ObjectBody.of(object);
        return new Version.Body(ObjectBody.labelsOf(object), body.bytes(), body.splice());
    }

    /** Whether its deletion was asked for. */
    static boolean isEnding(Version.Body body) {
        return parse(body.bytes()).path("metadata").hasNonNull("deletionTimestamp");
    }

    /** Whether two versions differ in nothing but status and what the hub writes, so that no placement need look. */
    static boolean sameContent(byte[] before, byte[] after) {
        return content(before).equals(content(after));
    }

    private static ObjectNode content(byte[] body) {
        ObjectNode object = parse(body);
        object.remove("status");
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
            metadata.remove("generation");
            if (metadata.path("annotations") instanceof ObjectNode annotations) {
                annotations.remove(EXECUTING_COUNT);
                annotations.remove(STATUS_FROM);
                if (annotations.isEmpty()) {
                    metadata.remove("annotations");
                }
            }
        }
        return object;
    }
}
