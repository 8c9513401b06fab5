package io.edgemc.gateway.entry;

import java.util.Set;

/** What the gateway tells of itself to those who run it: health and metrics. */
final class OwnPaths {
    private static final Set<String> PATHS = Set.of(
            "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness", "/actuator/prometheus");

    private OwnPaths() {}

    static boolean contains(String method, String path) {
        return method.equals("GET") && PATHS.contains(path);
    }
}
