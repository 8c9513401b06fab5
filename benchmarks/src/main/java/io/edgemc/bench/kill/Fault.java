package io.edgemc.bench.kill;

/**
 * Something that must not have happened.
 *
 * @param kind which promise it breaks
 * @param what for people: where, to which object, and what was found
 */
public record Fault(Kind kind, String what) {
    /** Which promise is broken. */
    public enum Kind {
        /** An acknowledged write is not in the space. */
        LOST,
        /** An edge does not end up with what the space says. */
        NOT_DELIVERED,
        /** Something is at an edge that should not be there. */
        STRAY,
        /** An object was deleted at an edge without a deletion in the space. */
        DELETED,
        /** An object was applied without a change. */
        APPLIED_AGAIN,
        /** An older state was applied after a newer one. */
        APPLIED_BACKWARDS,
        /** A content was applied that nobody wrote. */
        INVENTED,
        /** The record is incomplete, so that nothing can be said. */
        UNRECORDED
    }

    @Override
    public String toString() {
        return kind + ": " + what;
    }
}
