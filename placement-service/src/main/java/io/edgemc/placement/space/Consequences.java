package io.edgemc.placement.space;

import io.edgemc.api.content.Content;
import io.edgemc.api.target.Target;
import java.util.List;

/**
 * What follows from changed objects: the engine's view of placement. Called by the engine's thread only, in the order
 * {@code load} (once), then for each group commit {@code follow} and exactly one of {@code committed} and {@code rolledBack}; the
 * latter also where {@code follow} or {@code replay} failed, or something before it did.
 */
public interface Consequences {
    /**
     * Starts anew from what is stored.
     *
     * @param stored to be read within the call
     */
    Result load(Ledger.Snapshot stored);

    /** Says what follows from the draft's versions; may refine the draft. */
    Result follow(Draft draft);

    /** Follows what another replica committed, which is stored already. False: this model differs, load it again. */
    boolean replay(List<Version> versions, long revision);

    void committed();

    /** Nothing since the last commit is stored: all is again what it was then. */
    void rolledBack();

    /** What is to be stored with the draft. */
    record Result(List<Content> contents, List<Target> targets, List<Ledger.ClusterChange> clusters) {
        public static final Result NOTHING = new Result(List.of(), List.of(), List.of());

        public Result {
            contents = List.copyOf(contents);
            targets = List.copyOf(targets);
            clusters = List.copyOf(clusters);
        }

        boolean isEmpty() {
            return contents.isEmpty() && targets.isEmpty() && clusters.isEmpty();
        }
    }
}
