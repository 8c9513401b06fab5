package io.edgemc.c2p.state;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** State of a policy at a cluster, and of anything made of such; from the best to the worst. */
public enum State {
    PASS,
    WARN,
    /** Placed, and nothing is heard: never counted as good. */
    UNKNOWN,
    ERROR,
    FAIL;

    private static final State[] ALL = values();

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static State at(int ordinal) {
        return ALL[ordinal];
    }

    /** The worse of two; null is no state. */
    public static @Nullable State worst(@Nullable State one, @Nullable State other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
