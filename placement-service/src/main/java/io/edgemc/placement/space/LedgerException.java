package io.edgemc.placement.space;

import org.jspecify.annotations.Nullable;

/** The database did not do what was asked. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final boolean outcomeUnknown;

    /** What to tell people. */
    public enum Reason {
        UNREACHABLE("the database cannot be reached; the write will work again when it is back"),
        DISK_FULL("the disk of the database is full; free some space, nothing else is needed"),
        OVERLOADED("the database is out of connections or memory; try again later"),
        REFUSED("the database refused the change; this is a defect, see the log");

        private final String advice;

        Reason(String advice) {
            this.advice = advice;
        }

        public String advice() {
            return advice;
        }
    }

    public LedgerException(Reason reason, @Nullable Throwable cause) {
        this(reason, cause, false);
    }

    private LedgerException(Reason reason, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(reason.advice(), cause);
        this.reason = reason;
        this.outcomeUnknown = outcomeUnknown;
    }

    /** The same failure of a commit: what was to be committed may be durable or not. */
    LedgerException ofCommit() {
        return new LedgerException(reason, this, true);
    }

    /** Whether nothing was stored, because the database went away before the commit: it may be there again by now. */
    boolean isLost() {
        return reason == Reason.UNREACHABLE && !outcomeUnknown;
    }

    public Reason reason() {
        return reason;
    }
}
