package io.edgemc.kube.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one view (one space, the inventory, one cluster's mailbox, ...). All Kubernetes rules (validation,
 * patches, defaulting, finalizers, namespaces' life, watch semantics) are in {@code kube-rest}; a store keeps versions and
 * orders commits. Implementations are thread-safe. Every method may throw {@link StoreException.Unavailable}.
 */
public interface KubeStore {
    /** The latest committed position; every later read sees at least it. Goes back only when a backup was restored. */
    long position();

    /**
     * Whether the position was given out, here or by another replica that this one may still be behind. One that was not comes
     * from a time that a restored backup does not know: nothing can follow it.
     */
    default boolean reached(long position) {
        return position <= position();
    }

    /** The current version of an object, or null. {@code namespace} is {@code ""} for cluster-scoped kinds. */
    @Nullable
    StoredObject get(KindRef kind, String namespace, String name);

    /** One page of a list. Throws {@link StoreException.Expired} if the snapshot is no longer kept. */
    ObjectPage list(ObjectQuery query);

    /**
     * Changes of all kinds of this view after a position, in commit order, at most {@code max}. Throws
     * {@link StoreException.Expired} if changes after that position are no longer kept.
     */
    List<StoredChange> changesAfter(long position, int max);

    /** Calls {@code listener} with the new position soon after each commit, on any thread; the listener returns at once. */
    AutoCloseable onAdvance(LongConsumer listener);

    /**
     * Commits one change durably. The future completes with the object as committed (for a removal: the last version, with
     * the removal's position as resourceVersion) or fails with a {@link StoreException}. Stores without writes fail it with
     * {@link StoreException.Invalid}.
     */
    CompletableFuture<StoredObject> commit(ObjectWrite write, Actor actor);
}
