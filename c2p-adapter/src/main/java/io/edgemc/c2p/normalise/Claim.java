package io.edgemc.c2p.normalise;

import java.util.Comparator;

/**
 * A report's word on a subject. Of all reports of a cluster that speak of one subject the newest counts; at the same time, the
 * one of the newer API.
 *
 * @param original whether the report is of the older group
 * @param report orders reports that agree in all else, so that the winner does not depend on who came first
 */
public record Claim(long seconds, int nanos, boolean original, String report) {
    private static final Comparator<Claim> ORDER = Comparator.comparingLong(Claim::seconds)
            .thenComparingInt(Claim::nanos)
            .thenComparing(Claim::original, Comparator.reverseOrder())
            .thenComparing(Claim::report);

    /** Whether this claim counts and the other does not. */
    public boolean beats(Claim other) {
        return ORDER.compare(this, other) > 0;
    }
}
