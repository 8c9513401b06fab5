package io.edgemc.kube.schema;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Formats of texts that API servers check in CRDs; other formats are notes. */
public final class Formats {
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
    private static final Pattern MAC = Pattern.compile("(?i)([0-9a-f]{2}[:-]){5}[0-9a-f]{2}");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>]{1,64}@[^\\s@<>]{1,255}");
    private static final Pattern HOST = Pattern.compile(
            "[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?(\\.[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?){0,100}\\.?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Double> NANOS =
            Map.of("ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3600e9);

    private static final Map<String, Predicate<String>> CHECKS = Map.ofEntries(
            Map.entry("date-time", text -> text.indexOf('T') > 0 && instant(text) != null),
            Map.entry("date", text -> text.indexOf('T') < 0 && instant(text) != null),
            Map.entry("duration", text -> duration(text) != null),
            Map.entry("byte", Formats::isBase64),
            Map.entry("ipv4", text -> AddressRange.address(text) instanceof Inet4Address),
            Map.entry("ipv6", text -> AddressRange.address(text) instanceof Inet6Address),
            Map.entry("cidr", text -> AddressRange.parsed(text) != null),
            Map.entry("mac", text -> MAC.matcher(text).matches()),
            Map.entry("uuid", text -> UUID.matcher(text).matches()),
            Map.entry("uuid3", text -> version(text, "3")),
            Map.entry("uuid4", text -> version(text, "4")),
            Map.entry("uuid5", text -> version(text, "5")),
            Map.entry("email", text -> EMAIL.matcher(text).matches()),
            Map.entry(
                    "hostname",
                    text -> text.length() <= 255 && HOST.matcher(text).matches()),
            Map.entry("uri", Formats::isUri));

    private Formats() {}

    /** Whether a text fits a format; what has no check fits. */
    public static boolean fits(String format, String text) {
        Predicate<String> check = CHECKS.get(format);
        return check == null || check.test(text);
    }

    /** A date ({@code 2026-01-31}) or a date with time and zone; null for other texts. */
    public static @Nullable Instant instant(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** {@code 1h30m}, {@code -2.5s}; null for other texts. */
    public static @Nullable Duration duration(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = DURATION.matcher(rest);
        double nanos = 0;
        int end = 0;
        while (end < rest.length() && matcher.find(end) && matcher.start() == end) {
            nanos += Double.parseDouble(matcher.group(1)) * NANOS.getOrDefault(matcher.group(2), 0.0);
            end = matcher.end();
        }
        boolean whole = end == rest.length() && end > 0 && nanos < Long.MAX_VALUE;
        return whole ? Duration.ofNanos(negative ? -Math.round(nanos) : Math.round(nanos)) : null;
    }

    private static boolean version(String text, String version) {
        String digits = text.replace("-", "");
        return UUID.matcher(text).matches() && digits.startsWith(version, 12);
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).isAbsolute() || text.startsWith("/");
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
