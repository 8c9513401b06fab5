package io.edgemc.placement.resolve;

import io.edgemc.placement.resolve.select.Taint;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What placement needs to know of a cluster. The uid never changes; a cluster made anew under the same name has another.
 *
 * @param paused its target stays as it is until it is no longer paused; a decommission goes on nevertheless
 */
public record ClusterFacts(
        String uid,
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        Map<String, String> properties,
        List<Taint> taints,
        boolean paused,
        State state) {
    public ClusterFacts {
        Objects.requireNonNull(state, "state");
        if (uid.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a cluster has a uid and a name");
        }
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        properties = Map.copyOf(properties);
        taints = List.copyOf(taints);
    }

    /** Life of a cluster, as far as its target is concerned. */
    public enum State {
        /** Placements select it. */
        ACTIVE,
        /** It is being removed: no placement selects it any more, its target is frozen, nothing is deleted at the edge. */
        QUARANTINED,
        /** Everything that the system put there is to be deleted. */
        DECOMMISSION_DELETE,
        /** Everything that the system put there is to be let go of and left in place. */
        DECOMMISSION_ORPHAN
    }
}
