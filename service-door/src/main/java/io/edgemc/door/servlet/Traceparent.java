package io.edgemc.door.servlet;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** W3C trace context, version 00. */
public final class Traceparent {
    public static final String HEADER = "traceparent";
    private static final Pattern VALID = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private Traceparent() {}

    /** What the caller sent if it is valid, else a new one that is sampled. */
    public static String continueOrStart(@Nullable String sent) {
        if (sent != null && VALID.matcher(sent).matches()) {
            return sent;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        // The lowest bit set: an id of zeros is not valid.
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1) + "-"
                + hex.toHexDigits(random.nextLong() | 1) + "-01";
    }

    /** The trace id of a valid traceparent, 32 hex digits. */
    public static String traceId(String traceparent) {
        return traceparent.substring(3, 35);
    }
}
