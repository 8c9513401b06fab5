package io.edgemc.door.servlet;

import io.edgemc.api.json.ApiJson;
import io.edgemc.door.IdentityRefusedException.Reason;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Answers a refused request: a Kubernetes Status where a Kubernetes client asks, a problem (RFC 9457) elsewhere. */
final class Refusal {
    private static final List<String> KUBERNETES =
            List.of("/spaces/", "/inventory", "/system", "/clusters", "/c2p", "/exports/");

    private Refusal() {}

    static void unauthenticated(HttpServletResponse response, String path, Reason reason) throws IOException {
        boolean kubernetes = KUBERNETES.stream().anyMatch(path::startsWith);
        ObjectNode body = kubernetes ? status(reason) : problem(reason);
        byte[] bytes = ApiJson.MAPPER.writeValueAsBytes(body);
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setContentType(kubernetes ? "application/json" : "application/problem+json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static ObjectNode status(Reason reason) {
        ObjectNode status = ApiJson.MAPPER.createObjectNode();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure");
        status.put("message", reason.message());
        status.put("reason", "Unauthorized");
        status.put("code", HttpServletResponse.SC_UNAUTHORIZED);
        return status;
    }

    private static ObjectNode problem(Reason reason) {
        ObjectNode problem = ApiJson.MAPPER.createObjectNode();
        problem.put("type", "about:blank");
        problem.put("title", "Unauthorized");
        problem.put("status", HttpServletResponse.SC_UNAUTHORIZED);
        problem.put("code", reason.code());
        problem.put("detail", reason.message() + "; call the gateway instead");
        return problem;
    }
}
