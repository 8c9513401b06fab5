package io.edgemc.placement.desired;

import io.edgemc.api.event.FleetEvent;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.placement.space.Draft;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the public when a cluster connects or falls silent. */
final class ClusterEvents {
    private ClusterEvents() {}

    /** @param before what the cluster said last, null if nothing yet */
    static void tell(Draft draft, String cluster, @Nullable ClusterReport before, ClusterReport now) {
        if (now.connected() && (before == null || !before.connected())) {
            draft.event(now.clusterUid(), event("cluster-connected", cluster, "a session is open", now, draft));
        }
        if (now.stale() && (before == null || !before.stale())) {
            String seen = now.lastSeen() == null ? "it was never heard of" : "its last contact was " + now.lastSeen();
            draft.event(now.clusterUid(), event("cluster-stale", cluster, seen, now, draft));
        }
    }

    private static FleetEvent event(String type, String cluster, String message, ClusterReport report, Draft draft) {
        return new FleetEvent(
                type,
                cluster,
                "clusters.edge-mc.io//" + cluster,
                message,
                draft.now().toString(),
                Map.of("uid", report.clusterUid()));
    }
}
