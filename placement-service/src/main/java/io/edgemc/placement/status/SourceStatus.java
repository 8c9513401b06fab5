package io.edgemc.placement.status;

import io.edgemc.placement.space.Bodies;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a source object shows of its copies (the domain rules, §11). */
public final class SourceStatus {
    private SourceStatus() {}

    /**
     * @param clusters how many clusters are to hold the object
     * @param only uid of the single cluster whose status is wanted; null if there is not exactly one, or nobody asks
     * @param returned the status that it last reported; null if it has none, or has not said yet
     */
    public static ObjectNode executing(
            ObjectNode object, int clusters, @Nullable String only, @Nullable JsonNode returned) {
        annotate(object, Bodies.EXECUTING_COUNT, clusters == 0 ? null : Integer.toString(clusters));
        String former = object.path("metadata")
                .path("annotations")
                .path(Bodies.STATUS_FROM)
                .asString("");
        if (only != null && returned != null) {
            annotate(object, Bodies.STATUS_FROM, only);
            object.set("status", returned);
        } else if (!former.isEmpty()) {
            annotate(object, Bodies.STATUS_FROM, null);
            object.remove("status");
        }
        return object;
    }

    private static void annotate(ObjectNode object, String name, @Nullable String value) {
        ObjectNode metadata = object.withObject("/metadata");
        if (value != null) {
            metadata.withObject("/annotations").put(name, value);
        } else if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(name);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
    }
}
