package io.edgemc.summarizer.delivery;

import io.edgemc.api.json.ApiJson;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far one placement has come at one cluster.
 *
 * @param space of the placement
 * @param name of the placement
 * @param uid of the placement
 * @param state {@code delivered}, {@code failed}, {@code stale} or {@code pending}
 */
public record PlacementState(String space, String name, String uid, State state) {

    /** In the order in which they are asked for: the first that holds counts. */
    public enum State {
        /** The cluster applied a target that has the placement's last change, and no object of it failed. */
        DELIVERED,
        /** An object that the placement wants could not be applied. */
        FAILED,
        /** Neither, and the cluster has been silent for longer than the threshold. */
        STALE,
        /** On its way. */
        PENDING;

        /** Lower-case name, as in summaries. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** As a row's {@code item}. */
    public ObjectNode json() {
        return ApiJson.MAPPER
                .createObjectNode()
                .put("space", space)
                .put("name", name)
                .put("uid", uid)
                .put("state", state.label());
    }
}
