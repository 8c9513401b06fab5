package io.edgemc.syncer.config;

import java.util.Locale;

/** What to do with an object that was there before and is not ours. */
public enum AdoptionPolicy {
    /** Adopt it if applying would change nothing but our mark. */
    IF_SAME,
    /** Adopt it whatever it is. */
    ALWAYS,
    /** Never adopt. */
    NEVER;

    /** Reads {@code IfSame}, {@code Always}, {@code Never}; everything else is the default, {@link #IF_SAME}. */
    public static AdoptionPolicy parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "always" -> ALWAYS;
            case "never" -> NEVER;
            default -> IF_SAME;
        };
    }
}
