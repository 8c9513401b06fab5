package io.edgemc.placement.resolve.select;

/** What becomes of an object at the edge when no placement sends it there any more. */
public enum DeletionPolicy {
    Delete,
    /** It stays, and the system lets go of it. */
    Orphan
}
