package io.edgemc.syncer.config;

import java.util.Locale;

/** What to do when someone at the edge changed a field of ours. */
public enum DriftPolicy {
    /** Put it back. */
    CORRECT,
    /** Leave it and say so; the next change from the hub overwrites it. */
    REPORT,
    /** Leave it and say so, and let changes from the hub wait until the drift is gone. */
    FREEZE;

    /** Reads {@code Correct}, {@code Report}, {@code Freeze}; everything else is the default, {@link #CORRECT}. */
    public static DriftPolicy parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "report" -> REPORT;
            case "freeze" -> FREEZE;
            default -> CORRECT;
        };
    }
}
