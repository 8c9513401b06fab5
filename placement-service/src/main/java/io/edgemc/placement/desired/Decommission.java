package io.edgemc.placement.desired;

import io.edgemc.api.report.ClusterReport;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.resolve.ClusterFacts.State;
import io.edgemc.placement.space.Bodies;
import io.edgemc.placement.space.Draft;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.Version;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last step of a cluster's life: it leaves the inventory when it holds the target that takes everything away, when it never
 * had a session or a target, or when it is forced.
 */
final class Decommission {
    private Decommission() {}

    /** Whether the end of the cluster was asked for, with what is to become of its objects. */
    static boolean isAsked(ObjectNode cluster) {
        State state = ClusterObjects.state(cluster);
        return state == State.DECOMMISSION_DELETE || state == State.DECOMMISSION_ORPHAN;
    }

    /** Looks at one cluster; to be called after the commit that asked for its end, and with each of its reports. */
    static void finish(Draft draft, Standings standings, ObjectRef ref, Version.Origin origin) {
        StoredObject current = draft.current(ref);
        if (current == null || draft.changes(ref)) {
            // What this draft asks for has no target yet, so nobody can hold it: CheckDecommission comes after the
            // commit.
            return;
        }
        ObjectNode cluster = Bodies.parse(current);
        if (!isAsked(cluster) || !ClusterObjects.isForced(cluster) && !isEmptied(standings, current.uid())) {
            return;
        }
        boolean nothingElseKeepsIt = ClusterObjects.release(cluster);
        draft.put(ref, current.uid(), Bodies.body(cluster), origin);
        if (nothingElseKeepsIt) {
            draft.remove(ref, origin);
        }
    }

    private static boolean isEmptied(Standings standings, String clusterUid) {
        ClusterReport report = standings.report(clusterUid);
        long aim = standings.deliveries().targetRevision(clusterUid);
        if (aim == 0) {
            return true;
        }
        return report != null
                && (report.epoch() == 0
                        || report.appliedRevision() >= aim
                                && report.exceptions().isEmpty());
    }
}
