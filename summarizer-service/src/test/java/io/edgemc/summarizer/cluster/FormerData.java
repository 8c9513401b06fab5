package io.edgemc.summarizer.cluster;

import io.edgemc.api.json.ApiJson;
import io.edgemc.summarizer.contribution.Contributions;
import tools.jackson.databind.node.ObjectNode;

/** Entries of the stores as they were when all placements of a cluster were one source. */
public final class FormerData {
    private FormerData() {}

    /** The facts of a cluster, without what later versions add. */
    public static Object facts(Object present) {
        ObjectNode json = ApiJson.MAPPER.valueToTree(present);
        json.remove("standing");
        return ApiJson.MAPPER.treeToValue(json, ClusterFacts.class);
    }

    /** The one source of a cluster's placements. */
    public static Object placements(Object contributions) {
        return new Source(0, 0, "placements", (Contributions) contributions);
    }
}
