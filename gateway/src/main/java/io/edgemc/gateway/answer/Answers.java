package io.edgemc.gateway.answer;

import io.edgemc.api.json.ApiJson;
import io.edgemc.gateway.answer.Failure.Subject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the gateway's own answers: Kubernetes' Status for its clients, problems (RFC 9457) for the others. */
public final class Answers {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private Answers() {}

    /** @param kubernetes whether the client expects a Status */
    public static void write(HttpServletResponse response, Failure failure, boolean kubernetes) throws IOException {
        Duration retryAfter = failure.retryAfter();
        if (retryAfter != null) {
            response.setHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
        }
        if (failure.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"edge-mc\"");
        }
        write(response, failure.status(), kubernetes ? JSON : PROBLEM, kubernetes ? status(failure) : problem(failure));
    }

    public static void json(HttpServletResponse response, int status, JsonNode body) throws IOException {
        write(response, status, JSON, body);
    }

    private static void write(HttpServletResponse response, int status, String type, JsonNode body) throws IOException {
        byte[] bytes = ApiJson.MAPPER.writeValueAsBytes(body);
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    static ObjectNode status(Failure failure) {
        ObjectNode status = ApiJson.MAPPER.createObjectNode();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure");
        status.put("message", failure.message());
        status.put("reason", failure.reason());
        details(status, failure);
        status.put("code", failure.status());
        return status;
    }

    private static void details(ObjectNode status, Failure failure) {
        Subject subject = failure.subject();
        Duration retryAfter = failure.retryAfter();
        if (subject == null && retryAfter == null) {
            return;
        }
        ObjectNode details = status.putObject("details");
        if (subject != null) {
            if (subject.name() != null) {
                details.put("name", subject.name());
            }
            details.put("group", subject.group());
            details.put("kind", subject.kind());
        }
        if (retryAfter != null) {
            details.put("retryAfterSeconds", retryAfter.toSeconds());
        }
    }

    private static ObjectNode problem(Failure failure) {
        ObjectNode problem = ApiJson.MAPPER.createObjectNode();
        problem.put("type", "about:blank");
        problem.put("title", failure.reason());
        problem.put("status", failure.status());
        problem.put("code", failure.code());
        problem.put("detail", failure.message());
        return problem;
    }
}
