package io.edgemc.syncer.apply;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.kube.GroupResource;
import io.edgemc.syncer.state.Applied;
import io.edgemc.syncer.state.Held;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The mark that an object at the edge is ours: an annotation with the object's own id. Controllers copy annotations to the
 * objects they make, so a mark with the id of another object proves nothing.
 */
public final class Ownership {
    public static final String ANNOTATION = "edge-mc.io/downsynced";

    /**
     * On a namespace that we manage but did not create, beside the mark: it is given up where another would be deleted, also by a
     * syncer that lost its state ({@code domain.md} §8).
     */
    public static final String ADOPTED = "edge-mc.io/adopted";

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

    /** Whether an object that is ours was there before us and must survive us. */
    static boolean isAdopted(Held held, JsonNode live) {
        Applied applied = held.applied();
        return GroupResource.of(held.key()).equals(GroupResource.NAMESPACES)
                && (applied != null && applied.adopted() || hasAdoptedAnnotation(live));
    }

    static boolean hasAdoptedAnnotation(JsonNode live) {
        return live.path("metadata").path("annotations").has(ADOPTED);
    }

    /** A copy of the object that carries the mark. */
    ObjectNode marked(ObjectNode content, ObjectKey key, boolean adopted) {
        ObjectNode body = content.deepCopy();
        ObjectNode annotations = child(child(body, "metadata"), "annotations").put(ANNOTATION, markOf(key));
        if (adopted) {
            annotations.put(ADOPTED, "true");
        }
        return body;
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        return parent.path(name) instanceof ObjectNode present ? present : parent.putObject(name);
    }
}
