package io.edgemc.placement.space;

import io.edgemc.kube.store.StoreException;

/** A piece of work for the engine. It runs in the engine's thread, in the order in which tasks were submitted. */
public interface EngineTask {
    /**
     * Adds to the draft. A {@link StoreException} refuses this task alone; throw it before the draft is touched. May be called
     * again, with another draft, if the first one was not committed.
     */
    void draft(Draft draft);

    /** What was drafted is durable. Returns at once. */
    void committed();

    /** Nothing of it is durable, or that is not known ({@link StoreException.Unavailable}). Returns at once. */
    void failed(StoreException reason);

    /** Roughly the bytes that it holds while it waits. */
    int weight();
}
