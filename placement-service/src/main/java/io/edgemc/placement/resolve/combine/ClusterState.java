package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.TargetState;
import io.edgemc.placement.resolve.ClusterFacts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cluster and the target that it has now.
 *
 * @param cohort null while its target is frozen
 * @param tombstonesAt revision that brought the youngest tombstone of the overlay, 0 if it has none
 * @param acknowledged greatest revision that the cluster said to hold
 */
record ClusterState(
        ClusterFacts facts,
        @Nullable Cohort cohort,
        TargetState state,
        @Nullable Digest combination,
        long revision,
        long since,
        long tombstonesAt,
        long acknowledged,
        Map<ObjectKey, Trouble> troubles) {

    static ClusterState fresh(ClusterFacts facts) {
        return new ClusterState(facts, null, TargetState.EMPTY, null, 0, 0, 0, 0, Map.of());
    }

    ClusterState with(ClusterFacts changed) {
        return new ClusterState(
                changed, cohort, state, combination, revision, since, tombstonesAt, acknowledged, troubles);
    }

    ClusterState in(@Nullable Cohort other) {
        return new ClusterState(
                facts, other, state, combination, revision, since, tombstonesAt, acknowledged, troubles);
    }

    ClusterState acknowledged(long held) {
        return new ClusterState(
                facts,
                cohort,
                state,
                combination,
                revision,
                since,
                tombstonesAt,
                Math.max(held, acknowledged),
                troubles);
    }

    ClusterState at(TargetState next, @Nullable Digest nextCombination, long nextRevision, long nextSince) {
        return new ClusterState(
                facts, cohort, next, nextCombination, nextRevision, nextSince, tombstonesAt, acknowledged, troubles);
    }

    ClusterState overlaid(long nextTombstonesAt, Map<ObjectKey, Trouble> nextTroubles) {
        return new ClusterState(
                facts, cohort, state, combination, revision, since, nextTombstonesAt, acknowledged, nextTroubles);
    }

    String uid() {
        return facts.uid();
    }

    boolean active() {
        return facts.state() == ClusterFacts.State.ACTIVE;
    }

    /** Whether placements are to have an effect on its target at present. */
    boolean follows() {
        return active() && !facts.paused();
    }
}
