package io.edgemc.gateway.entry;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;

/** What everybody may ask: whether the gateway lives and serves, and which version it is. */
public final class PublicPaths {
    private static final Set<String> PATHS = Set.of("/healthz", "/livez", "/readyz", "/version");

    private final Supplier<String> notReadyBecause;
    private final String version;

    /** @param notReadyBecause reasons, empty text when ready */
    public PublicPaths(Supplier<String> notReadyBecause, String version) {
        this.notReadyBecause = notReadyBecause;
        this.version = version;
    }

    boolean contains(String method, String path) {
        return PATHS.contains(path) && (method.equals("GET") || method.equals("HEAD"));
    }

    void answer(String path, HttpServletResponse response) throws IOException {
        switch (path) {
            case "/version" -> {
                String json = "{\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.0-edge-mc." + version
                        + "\",\"platform\":\"edge-mc\"}";
                write(response, HttpServletResponse.SC_OK, "application/json", json);
            }
            case "/readyz" -> {
                String reasons = notReadyBecause.get();
                boolean ready = reasons.isEmpty();
                write(
                        response,
                        ready ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                        "text/plain",
                        ready ? "ok" : reasons);
            }
            default -> write(response, HttpServletResponse.SC_OK, "text/plain", "ok");
        }
    }

    private static void write(HttpServletResponse response, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
