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

    CheckDecommission(PlacementConsequences placement, ObjectRef cluster, Version.Origin origin) {
        this.placement = placement;
        this.cluster = cluster;
        this.origin = origin;
    }

    @Override
    public void draft(Draft draft) {
        Decommission.finish(draft, placement.standings(), cluster, origin);
    }

    @Override
    public void committed() {}

    /** The next report of the cluster, or the next start, asks again. */
    @Override
    public void failed(StoreException reason) {}

    @Override
    public int weight() {
        return 100;
    }
}
