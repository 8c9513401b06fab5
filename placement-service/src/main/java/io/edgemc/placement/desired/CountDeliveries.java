package io.edgemc.placement.desired;

import io.edgemc.kube.store.StoreException;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.space.Draft;
import io.edgemc.placement.space.EngineTask;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.View;
import io.edgemc.placement.status.Deliveries;
import io.edgemc.placement.status.PlacementStatus;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Shows changed counts on the placements. */
final class CountDeliveries implements EngineTask {
    private final PlacementConsequences placement;
    private final AtomicBoolean scheduled;
    private final Runnable again;
    private final Set<PlacementId> taken = new HashSet<>();

    CountDeliveries(PlacementConsequences placement, AtomicBoolean scheduled, Runnable again) {
        this.placement = placement;
        this.scheduled = scheduled;
        this.again = again;
    }

    @Override
    public void draft(Draft draft) {
        scheduled.set(false);
        Deliveries deliveries = placement.standings().deliveries();
        taken.addAll(deliveries.takeChanged());
        for (PlacementId id : taken) {
            draft.refine(
                    new ObjectRef(View.ofSpace(id.space()), Outcomes.PLACEMENTS, "", id.name()),
                    object -> {
                        if (!object.at("/metadata/uid").asString("").equals(id.uid())) {
                            return null;
                        }
                        PlacementStatus.deliveries(object, deliveries.counts(id), draft.now());
                        return object;
                    },
                    PlacementConsequences.HUB);
        }
    }

    @Override
    public void committed() {}

    @Override
    public void failed(StoreException reason) {
        scheduled.set(false);
        // Runs in the engine's thread, or in the one that submitted before any draft took anything.
        if (!taken.isEmpty()) {
            placement.standings().deliveries().changedStill(taken);
            again.run();
        }
    }

    @Override
    public int weight() {
        return 100;
    }
}
