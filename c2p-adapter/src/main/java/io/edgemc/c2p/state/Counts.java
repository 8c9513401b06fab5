package io.edgemc.c2p.state;

import io.edgemc.c2p.normalise.Outcome;

/** How many results said what. Also used for differences, which may be negative. */
public record Counts(long pass, long fail, long warn, long error) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    /** {@code n} results of an outcome other than skip. */
    public static Counts of(Outcome outcome, long n) {
        return switch (outcome) {
            case PASS -> new Counts(n, 0, 0, 0);
            case FAIL -> new Counts(0, n, 0, 0);
            case WARN -> new Counts(0, 0, n, 0);
            case ERROR -> new Counts(0, 0, 0, n);
            case SKIP -> throw new IllegalArgumentException("skipped results are not counted");
        };
    }

    public Counts plus(Counts other) {
        return new Counts(pass + other.pass, fail + other.fail, warn + other.warn, error + other.error);
    }

    public Counts minus(Counts other) {
        return new Counts(pass - other.pass, fail - other.fail, warn - other.warn, error - other.error);
    }

    public boolean isNone() {
        return equals(NONE);
    }
}
