package io.edgemc.placement.desired;

import io.edgemc.kube.store.StoreException;
import io.edgemc.placement.space.Draft;
import io.edgemc.placement.space.EngineTask;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.Version;

/** Looks whether a cluster that is to be decommissioned can leave already. */
final class CheckDecommission implements EngineTask {
    private final PlacementConsequences placement;
    private final ObjectRef cluster;
    private final Version.Origin origin;
    private final Retry retry;

    CheckDecommission(PlacementConsequences placement, ObjectRef cluster, Version.Origin origin, Retry retry) {
        this.placement = placement;
        this.cluster = cluster;
        this.origin = origin;
        this.retry = retry;
    }

    @Override
    public void draft(Draft draft) {
        Decommission.finish(draft, placement.standings(), cluster, origin);
    }

    @Override
    public void committed() {}

    @Override
    public void failed(StoreException reason) {
        retry.later(this, reason);
    }

    @Override
    public int weight() {
        return 100;
    }

    @Override
    public String toString() {
        return "the decommissioning of cluster " + cluster.name();
    }
}
