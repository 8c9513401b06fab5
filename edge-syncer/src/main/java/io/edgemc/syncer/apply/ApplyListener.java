package io.edgemc.syncer.apply;

import io.edgemc.api.object.ObjectKey;

/** Hears how the work on the objects goes. Calls come from several threads. */
public interface ApplyListener {
    /** An object is no longer ours: deleted, given up or left. */
    void released(ObjectKey key);

    /** Definitions were applied or deleted: the API server may serve other kinds now. */
    void definitionsChanged();

    /** Everything that was waiting was tried. */
    void rested();
}
