package io.edgemc.c2p.normalise;

import java.util.Locale;

/** What a check said of a resource. */
public enum Outcome {
    PASS,
    FAIL,
    WARN,
    ERROR,
    /** Not checked, for instance because an exception covers the resource. */
    SKIP;

    /** As written in a report; whatever else an engine writes is an error, for it is no pass. */
    public static Outcome of(String text) {
        return switch (text) {
            case "pass" -> PASS;
            case "fail" -> FAIL;
            case "warn" -> WARN;
            case "skip" -> SKIP;
            default -> ERROR;
        };
    }

    /** As written in a report. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
