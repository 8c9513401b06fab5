package io.edgemc.placement.resolve;

import io.edgemc.api.object.ObjectKey;
import java.util.Set;

/**
 * Turns changes of objects and clusters into changes of targets. One writer thread calls it; it is not thread-safe and does no
 * input or output but through the {@link StoredContent} it was made with.
 *
 * <p>Protocol: {@link #load} once, then for every group commit {@link #apply} followed by exactly one of {@link #committed} and
 * {@link #rolledBack}. What {@code load} returns is committed in the same way.
 */
public interface PlacementResolver {
    /**
     * Builds the model from what is stored. A difference between the stored targets and what the model now gives (there is none
     * after an ordinary restart) comes back as changed targets; it never holds a new deletion: what vanished is forgotten.
     */
    Resolution load(PersistedState state, long revision);

    /** Applies the changes of one group commit and tells what follows from them. */
    Resolution apply(Batch batch);

    /** The last resolution is durable. */
    void committed();

    /** The last resolution was not stored: the model is again what it was before. */
    void rolledBack();

    /**
     * The cluster holds the target of this revision. Tombstones up to it are dropped when the manifest that holds them is next
     * written. Unknown clusters are ignored; may be called between any two other calls.
     */
    void acknowledged(String clusterUid, long revision);

    /** The placements that select a cluster, in order; empty for a cluster that is unknown, quarantined or selected by none. */
    Set<PlacementId> placementsOf(String clusterUid);

    /** Uids of the clusters that a placement selects; empty for an unknown placement. */
    Set<String> clustersOf(PlacementId placement);

    /** The spaces in which a placement wants an object of this key, whether such an object is there or not. */
    Set<String> spacesWanting(ObjectKey key);

    /**
     * What is needed of the stored contents, asked between two batches.
     *
     * @param position of the last commit
     */
    LiveContents live(long position);

    /** Which clusters hold an object of a space; count 0 for one that is unknown or not placed. */
    Executing executing(String space, ObjectKey key);
}
