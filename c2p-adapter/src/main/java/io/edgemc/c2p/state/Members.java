package io.edgemc.c2p.state;

import org.jspecify.annotations.Nullable;

/** How many members of a total are in which state: clusters of a policy, policies of a cluster. May be a difference. */
public record Members(long pass, long warn, long unknown, long error, long fail) {
    public static final Members NONE = new Members(0, 0, 0, 0, 0);

    static Members of(@Nullable State state) {
        return state == null
                ? NONE
                : switch (state) {
                    case PASS -> new Members(1, 0, 0, 0, 0);
                    case WARN -> new Members(0, 1, 0, 0, 0);
                    case UNKNOWN -> new Members(0, 0, 1, 0, 0);
                    case ERROR -> new Members(0, 0, 0, 1, 0);
                    case FAIL -> new Members(0, 0, 0, 0, 1);
                };
    }

    Members plus(Members other) {
        return new Members(
                pass + other.pass, warn + other.warn, unknown + other.unknown, error + other.error, fail + other.fail);
    }

    Members negated() {
        return new Members(-pass, -warn, -unknown, -error, -fail);
    }

    /** The worst state of a member; null without members. */
    public @Nullable State worst() {
        if (fail > 0) {
            return State.FAIL;
        }
        if (error > 0) {
            return State.ERROR;
        }
        if (unknown > 0) {
            return State.UNKNOWN;
        }
        if (warn > 0) {
            return State.WARN;
        }
        return pass > 0 ? State.PASS : null;
    }

    /** Members that are as they should be: those that pass, and if warnings are advisory those too. */
    public long compliant(boolean warnIsAdvisory) {
        return pass + (warnIsAdvisory ? warn : 0);
    }

    /** Members that are not, as far as is known. */
    public long nonCompliant(boolean warnIsAdvisory) {
        return fail + error + (warnIsAdvisory ? 0 : warn);
    }
}
