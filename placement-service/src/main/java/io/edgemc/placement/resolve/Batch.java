package io.edgemc.placement.resolve;

import java.util.List;

/**
 * The changes of one group commit, in order.
 *
 * @param revision the position under which the engine will commit what follows from this batch, greater than that of every earlier
 *     batch. The engine knows where its model is and checks under the counter's lock that it still is there, so it can name
 *     the position beforehand. Every target of the resolution carries it as its revision.
 */
public record Batch(long revision, List<Change> changes) {
    public Batch {
        changes = List.copyOf(changes);
    }
}
