package io.edgemc.syncer.apply;

import io.edgemc.api.object.ObjectKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The mark that an object at the edge is ours: an annotation with the object's own id. Controllers copy annotations to the
 * objects they make, so a mark with the id of another object proves nothing.
 */
public final class Ownership {
    public static final String ANNOTATION = "edge-mc.io/downsynced";

    private final String clusterUid;

    public Ownership(String clusterUid) {
        this.clusterUid = clusterUid;
    }

    /** The value that the object of this key carries if it is ours. */
    public String markOf(ObjectKey key) {
        return clusterUid + "/" + key.text();
    }

    public boolean isOurs(JsonNode live, ObjectKey key) {
        return markOf(key).equals(annotation(live));
    }

    static String annotation(JsonNode live) {
        return live.path("metadata").path("annotations").path(ANNOTATION).asString("");
    }

    /** A copy of the object that carries the mark. */
    ObjectNode marked(ObjectNode content, ObjectKey key) {
        ObjectNode body = content.deepCopy();
        child(child(body, "metadata"), "annotations").put(ANNOTATION, markOf(key));
        return body;
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        return parent.path(name) instanceof ObjectNode present ? present : parent.putObject(name);
    }
}
