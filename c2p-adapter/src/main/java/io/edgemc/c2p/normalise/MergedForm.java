package io.edgemc.c2p.normalise;

import io.edgemc.api.content.Digest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How objects of many clusters show in one view without colliding. */
public final class MergedForm {
    /** Label with the cluster's name. */
    public static final String CLUSTER_LABEL = "edge-mc.io/cluster";

    /** Annotation with the name at the cluster. */
    public static final String NAME_ANNOTATION = "edge-mc.io/original-name";

    private static final int MAX_NAME = 253;
    private static final int TAIL = 12;

    private MergedForm() {}

    /** {@code <cluster>.<name>}; if that is too long, cut and ended by a hash of the whole. */
    public static String name(String cluster, String name) {
        String whole = cluster + "." + name;
        if (whole.length() <= MAX_NAME) {
            return whole;
        }
        String hash = Digest.sha256(whole).hex().substring(0, TAIL);
        String head = whole.substring(0, MAX_NAME - TAIL - 1);
        while (head.endsWith(".") || head.endsWith("-")) {
            head = head.substring(0, head.length() - 1);
        }
        return head + "-" + hash;
    }

    /** Changes an object of a cluster in place into what the merged view shows. */
    public static void apply(ObjectNode object, String cluster) {
        ObjectNode metadata = (ObjectNode) object.required("metadata");
        String name = metadata.path("name").asString("");
        metadata.put("name", name(cluster, name));
        metadata.put("uid", NameUuid.of("merged", cluster, metadata.path("uid").asString("")));
        metadata.withObjectProperty("annotations").put(NAME_ANNOTATION, name);
        for (JsonNode result : object.path("results")) {
            for (JsonNode resource : result.path("resources")) {
                ((ObjectNode) resource)
                        .put("uid", cluster + "/" + resource.path("uid").asString(""));
            }
        }
    }
}
