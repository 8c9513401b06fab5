package io.edgemc.placement.desired;

import io.edgemc.kube.store.StoreException;
import io.edgemc.placement.resolve.LiveContents;
import io.edgemc.placement.space.Draft;
import io.edgemc.placement.space.EngineTask;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the model what is needed of the stored contents. Between two commits and in step with the ledger it knows that without
 * reading anything.
 */
public final class FindLiveContents implements EngineTask {
    private final PlacementConsequences placement;
    private final CompletableFuture<LiveContents> found = new CompletableFuture<>();

    public FindLiveContents(PlacementConsequences placement) {
        this.placement = placement;
    }

    /** Fails with a {@link StoreException} if the engine does not get to it. */
    public CompletableFuture<LiveContents> found() {
        return found;
    }

    @Override
    public void draft(Draft draft) {
        found.complete(placement.resolver().live(draft.revision() - 1));
    }

    @Override
    public void committed() {}

    @Override
    public void failed(StoreException reason) {
        found.completeExceptionally(reason);
    }

    @Override
    public int weight() {
        return 100;
    }
}
