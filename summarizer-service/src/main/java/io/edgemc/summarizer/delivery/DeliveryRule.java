package io.edgemc.summarizer.delivery;

import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Combination.PlacementRef;
import io.edgemc.api.target.Decision;
import io.edgemc.api.target.Target;
import io.edgemc.summarizer.delivery.PlacementState.State;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which placements are delivered at a cluster, from what the cluster acknowledged: delivered if it applied at least the revision
 * of the placement's last change and of the cluster's own last change of combination, and no exception names the placement;
 * failed if one does; else stale if the cluster is; else pending.
 */
public final class DeliveryRule {
    private DeliveryRule() {}

    /**
     * States of all placements of the combination, in its order.
     *
     * @param report null if the cluster has never been heard of
     * @param decisions reads a decision by its digest; null for one that is not known, which then names nobody
     */
    public static List<PlacementState> states(
            Target target, Combination combination, @Nullable ClusterReport report, DecisionSource decisions) {
        Set<String> failed = failedUids(report, decisions);
        return combination.placements().stream()
                .map(placement -> new PlacementState(
                        placement.space(),
                        placement.name(),
                        placement.uid(),
                        state(placement, target, report, failed.contains(placement.uid()))))
                .toList();
    }

    private static State state(PlacementRef placement, Target target, @Nullable ClusterReport report, boolean failed) {
        if (failed) {
            return State.FAILED;
        }
        if (report == null) {
            return State.PENDING;
        }
        if (report.appliedRevision() >= Math.max(placement.changedAt(), target.since())) {
            return State.DELIVERED;
        }
        return report.stale() ? State.STALE : State.PENDING;
    }

    private static Set<String> failedUids(@Nullable ClusterReport report, DecisionSource decisions) {
        Set<String> uids = new HashSet<>();
        if (report != null) {
            for (ObjectException exception : report.exceptions()) {
                Decision decision = exception.decision() == null ? null : decisions.decision(exception.decision());
                if (decision != null) {
                    decision.placements().forEach(placement -> uids.add(placement.uid()));
                }
            }
        }
        return uids;
    }
}
