package io.edgemc.api.target;

import java.util.List;

/** Content of kind {@code combination}: the placements that select a cluster, sorted by space and name. */
public record Combination(List<PlacementRef> placements) {
    public Combination {
        placements = List.copyOf(placements);
    }

    /**
     * @param changedAt revision of the last change of what this placement contributes to the combination
     */
    public record PlacementRef(String space, String name, String uid, long changedAt) {}
}
