package io.edgemc.c2p.state;

import org.jspecify.annotations.Nullable;

/**
 * One policy at one cluster.
 *
 * @param placed whether the hub sends the policy there
 * @param counts what its reports say
 * @param current whether the cluster's reports are newer than the threshold
 */
public record PolicyAtCluster(boolean placed, Counts counts, boolean current) {
    public static final PolicyAtCluster NOTHING = new PolicyAtCluster(false, Counts.NONE, false);

    /**
     * {@code fail > error > unknown > warn > pass}; null for a policy that is not placed there. What failed stays failed while
     * the cluster is silent; what passed becomes unknown.
     */
    public @Nullable State state() {
        if (!placed) {
            return null;
        }
        if (counts.fail() > 0) {
            return State.FAIL;
        }
        if (counts.error() > 0) {
            return State.ERROR;
        }
        if (!current || counts.isNone()) {
            return State.UNKNOWN;
        }
        return counts.warn() > 0 ? State.WARN : State.PASS;
    }

    /** Whether nothing is left to remember. */
    public boolean isNothing() {
        return !placed && counts.isNone();
    }

    public PolicyAtCluster plus(Counts difference) {
        return new PolicyAtCluster(placed, counts.plus(difference), current);
    }

    public PolicyAtCluster placed(boolean now) {
        return new PolicyAtCluster(now, counts, current);
    }

    public PolicyAtCluster current(boolean now) {
        return new PolicyAtCluster(placed, counts, now);
    }
}
