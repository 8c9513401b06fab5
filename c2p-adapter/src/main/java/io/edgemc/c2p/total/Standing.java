package io.edgemc.c2p.total;

import io.edgemc.c2p.state.Counts;
import io.edgemc.c2p.state.State;
import io.edgemc.c2p.state.Tally;
import org.jspecify.annotations.Nullable;

/** A row of a policy at a cluster. */
record Standing(boolean placed, Counts counts, @Nullable State state) {
    static final Standing NOTHING = new Standing(false, Counts.NONE, null);

    Tally tally() {
        return Tally.of(counts, state);
    }

    boolean isNothing() {
        return !placed && counts.isNone();
    }
}
