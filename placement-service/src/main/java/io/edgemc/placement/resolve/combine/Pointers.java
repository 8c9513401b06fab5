package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Digest;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.placement.resolve.Cause;
import io.edgemc.placement.resolve.combine.Overlays.Overlay;
import io.edgemc.placement.resolve.space.Dirty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the pointer of each cluster whose state is another, and only of these. */
final class Pointers {
    private final Combining model;
    private final Dirty dirty;
    private final long revision;
    private final List<Target> targets = new ArrayList<>();

    Pointers(Combining model, Dirty dirty, long revision) {
        this.model = model;
        this.dirty = dirty;
        this.revision = revision;
    }

    List<Target> targets() {
        return targets;
    }

    /**
     * @param own whether this cluster's own part changed, not only what it shares
     */
    void point(ClusterState cluster, Cohort cohort, Overlay overlay, boolean own, Cause cause) {
        if (!overlay.troubles().equals(cluster.troubles())
                || !overlay.troubles().isEmpty()) {
            dirty.touched.addAll(cohort.placements());
        }
        if (overlay.troubles().isEmpty()) {
            model.journal.remove(cohort.troubled, cluster.uid());
        } else {
            model.journal.add(cohort.troubled, cluster.uid());
        }
        TargetState state = new TargetState(cohort.root(), overlay.root());
        ClusterState after = cluster.overlaid(overlay.tombstonesAt(), overlay.troubles());
        emit(after, state, cohort, own ? revision : cluster.since(), cause);
    }

    void emit(ClusterState cluster, TargetState state, @Nullable Cohort cohort, long since, Cause cause) {
        Digest combination = cohort == null ? null : cohort.combination();
        boolean same = state.equals(cluster.state()) && Objects.equals(combination, cluster.combination());
        if (same && cluster.revision() > 0) {
            model.journal.put(model.clusters, cluster.uid(), cluster);
            return;
        }
        model.journal.put(model.clusters, cluster.uid(), cluster.at(state, combination, revision, since));
        String traceparent = cause.traceparent();
        targets.add(new Target(
                cluster.uid(),
                revision,
                state,
                combination,
                since,
                traceparent == null ? "" : traceparent,
                cause.at().equals(Instant.EPOCH) ? null : cause.at().toString()));
    }
}
