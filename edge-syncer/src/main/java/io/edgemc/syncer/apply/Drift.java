package io.edgemc.syncer.apply;

import io.edgemc.syncer.state.Applied;
import io.edgemc.syncer.state.Held;

/** Whether an object that was as asked still is. */
enum Drift {
    NONE,
    /** It is not there any more. */
    GONE,
    /** Fields of ours, or our mark, were changed. */
    CHANGED;

    static Drift of(Held held, Observation seen, Ownership ownership) {
        Applied applied = held.applied();
        if (!held.wantsObject() || held.done() || applied == null) {
            return NONE;
        }
        if (!seen.exists()) {
            return GONE;
        }
        if (applied.fields().isEmpty() || seen.deleting()) {
            // It was there before and is left alone; or it is about to go, and is made anew then.
            return NONE;
        }
        boolean same = seen.fields().equals(applied.fields())
                && seen.mark().equals(ownership.markOf(held.key()))
                && seen.uid().equals(applied.uid());
        return same ? NONE : CHANGED;
    }
}
