package io.edgemc.placement.resolve;

import io.edgemc.api.target.Target;
import java.util.function.Consumer;

/** What the engine has stored, streamed. Each method is called once, in the order in which they stand here. */
public interface PersistedState {
    /** Every cluster that is not gone. */
    void clusters(Consumer<ClusterFacts> sink);

    /** The current version of every object of every space, in any order. */
    void objects(Consumer<Change.ObjectWritten> sink);

    /** The stored target of every cluster that has one. */
    void targets(Consumer<StoredTarget> sink);

    /**
     * @param acknowledged greatest revision that the cluster acknowledged, 0 if none
     */
    record StoredTarget(Target target, long acknowledged) {}
}
