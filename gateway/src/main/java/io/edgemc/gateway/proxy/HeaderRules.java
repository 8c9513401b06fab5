package io.edgemc.gateway.proxy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which headers cross the gateway. */
final class HeaderRules {
    /** For one connection only (RFC 9110 §7.6.1), or set anew. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "host",
            "content-length",
            "expect");

    /** What only the gateway may say, and what no service needs to see. */
    private static final Set<String> REQUEST_ONLY_GATEWAY =
            Set.of("authorization", "cookie", "forwarded", "x-real-ip", "x-request-id", "traceparent", "via");

    private static final List<String> REQUEST_PREFIXES = List.of("x-edge-mc-", "x-forwarded-", "x-remote-");

    private static final Set<String> RESPONSE_DROPPED = Set.of("server", "x-request-id", "date");

    private HeaderRules() {}

    static boolean passesToService(String name, Set<String> connectionOptions) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !HOP_BY_HOP.contains(lower)
                && !REQUEST_ONLY_GATEWAY.contains(lower)
                && !connectionOptions.contains(lower)
                && REQUEST_PREFIXES.stream().noneMatch(lower::startsWith);
    }

    static boolean passesToClient(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return (!HOP_BY_HOP.contains(lower) || lower.equals("content-length"))
                && !RESPONSE_DROPPED.contains(lower)
                && !lower.startsWith(":")
                && !lower.startsWith("x-edge-mc-");
    }

    /** Headers that a {@code Connection} header names belong to the connection as well. */
    static Set<String> connectionOptions(@Nullable String connection) {
        if (connection == null || connection.isBlank()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        Arrays.stream(connection.split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .forEach(names::add);
        return names;
    }
}
