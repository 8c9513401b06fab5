package io.edgemc.summarizer.delivery;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.api.content.Digest;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.target.Combination.PlacementRef;
import io.edgemc.api.target.Target;
import io.edgemc.summarizer.delivery.PlacementState.State;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the states of a cluster's placements follow from, in a few words: two standings tell which placements changed, without
 * a look at the others.
 *
 * <p>A placement is delivered if the cluster applied at least the revision of the placement's last change and of the cluster's own
 * last change of combination, and no exception names the placement; failed if one does; else stale if the cluster is; else pending.
 *
 * @param combination the placements, null for none
 * @param since revision that the cluster has to hold before any placement counts
 * @param applied revision that it holds, null if it was never heard of
 * @param stale whether it has been silent for too long
 * @param failed uids of placements that an exception names
 * @param outdated whether more than this has changed since the placements were evaluated, so that each has to be again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Standing(
        @Nullable Digest combination,
        long since,
        @Nullable Long applied,
        boolean stale,
        @Nullable Set<String> failed,
        boolean outdated) {
    /** No placement selects the cluster, or nothing of it may show. */
    public static final Standing NONE = new Standing(null, 0, null, false, null, false);

    public Standing {
        failed = failed == null || failed.isEmpty() ? null : Set.copyOf(failed);
    }

    /** By what a cluster should hold and what it says; {@code failed} as the exceptions of the report name them. */
    public static Standing of(Target target, @Nullable ClusterReport report, Set<String> failed) {
        return new Standing(
                target.combination(),
                target.since(),
                report == null ? null : report.appliedRevision(),
                report != null && report.stale(),
                failed,
                false);
    }

    @JsonIgnore
    public Standing whenOutdated() {
        return new Standing(combination, since, applied, stale, failed, true);
    }

    /** How far one of the combination's placements is. */
    public PlacementState of(PlacementRef placement) {
        return new PlacementState(placement.space(), placement.name(), placement.uid(), state(placement));
    }

    private State state(PlacementRef placement) {
        if (failed != null && failed.contains(placement.uid())) {
            return State.FAILED;
        }
        if (applied != null && applied >= Math.max(placement.changedAt(), since)) {
            return State.DELIVERED;
        }
        return stale ? State.STALE : State.PENDING;
    }
}
