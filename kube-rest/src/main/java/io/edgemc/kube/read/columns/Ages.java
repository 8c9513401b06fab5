package io.edgemc.kube.read.columns;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Times as {@code kubectl get} shows them: {@code 45s}, {@code 3m5s}, {@code 5h12m}, {@code 3d4h}, {@code 2y31d}. */
public final class Ages {
    private static final String UNKNOWN = "<unknown>";

    private Ages() {}

    /** The time since {@code timestamp}; empty text is unknown. */
    public static String since(String timestamp, Instant now) {
        if (timestamp.isEmpty()) {
            return UNKNOWN;
        }
        try {
            return text(Duration.between(Instant.parse(timestamp), now));
        } catch (DateTimeException e) {
            return "<invalid>";
        }
    }

    static String text(Duration age) {
        long seconds = age.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 120) {
            return Math.max(0, seconds) + "s";
        }
        long minutes = age.toMinutes();
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = age.toHours();
        if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = age.toDays();
        if (days < 8) {
            return two(days, "d", hours % 24, "h");
        }
        if (days < 365 * 2) {
            return days + "d";
        }
        long years = days / 365;
        return years < 8 ? two(years, "y", days % 365, "d") : years + "y";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
    }
}
