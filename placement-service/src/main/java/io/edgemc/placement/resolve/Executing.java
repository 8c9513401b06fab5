package io.edgemc.placement.resolve;

import io.edgemc.api.object.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * Which clusters are to hold an object of a space.
 *
 * @param clusters how many
 * @param onlyCluster uid of the cluster if it is exactly one, else null
 * @param wantSingleton whether a placement asks for the status of a single copy
 * @param wantMulti whether a placement asks for the status of many copies
 */
public record Executing(
        String space,
        ObjectKey key,
        int clusters,
        @Nullable String onlyCluster,
        boolean wantSingleton,
        boolean wantMulti) {
    public Executing {
        if ((clusters == 1) != (onlyCluster != null)) {
            throw new IllegalArgumentException("the only cluster is named if and only if there is one");
        }
    }
}
