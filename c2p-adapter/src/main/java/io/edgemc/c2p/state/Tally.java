package io.edgemc.c2p.state;

import org.jspecify.annotations.Nullable;

/** A total: results, and members by state. Kept by adding differences, never by counting again. */
public record Tally(Counts counts, Members members) {
    public static final Tally NOTHING = new Tally(Counts.NONE, Members.NONE);

    public Tally plus(Tally difference) {
        return new Tally(counts.plus(difference.counts), members.plus(difference.members));
    }

    Tally negated() {
        return new Tally(Counts.NONE.minus(counts), members.negated());
    }

    /** What one member adds to a total; a member without state adds nothing. */
    public static Tally of(Counts counts, @Nullable State state) {
        return state == null ? NOTHING : new Tally(counts, Members.of(state));
    }

    /** The difference that takes a total from one member's old word to its new one. */
    public static Tally change(Tally before, Tally after) {
        return after.plus(before.negated());
    }

    /** What a total adds as a member of another one: a control at a cluster, to the control. */
    public Tally asMember() {
        return of(counts, state());
    }

    /** The worst state of its members; null without members. */
    public @Nullable State state() {
        return members.worst();
    }

    public boolean isNothing() {
        return equals(NOTHING);
    }
}
