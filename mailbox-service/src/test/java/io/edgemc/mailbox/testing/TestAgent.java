package io.edgemc.mailbox.testing;

import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.agent.EnrollRequest;
import io.edgemc.api.agent.EnrollResponse;
import io.edgemc.api.agent.MailboxLine;
import io.edgemc.api.agent.SessionRequest;
import io.edgemc.api.agent.SessionResponse;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.target.Target;
import io.edgemc.mailbox.enrol.JoinTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An agent as the protocol knows it, on a real TLS connection. */
public final class TestAgent implements AutoCloseable {
    private final HttpClient client;
    private final @Nullable EnrollResponse enrolled;
    private long epoch;

    public TestAgent(HttpClient client, @Nullable EnrollResponse enrolled) {
        this.client = client;
        this.enrolled = enrolled;
    }

    /** A caller without a certificate. */
    public static TestAgent stranger() {
        return new TestAgent(TestTls.client(null, null, HttpClient.Version.HTTP_2), null);
    }

    /** Enrols a cluster over the wire. */
    public static TestAgent enrolled(TestPlacement.Cluster cluster) {
        String token = TestHub.shared()
                .bean(JoinTokens.class)
                .issue(cluster.uid(), JoinTokens.DEFAULT_LIFE)
                .text();
        KeyPair pair = TestTls.keyPair();
        try (TestAgent stranger = stranger()) {
            HttpResponse<String> answer =
                    stranger.post(AgentPaths.ENROLL, new EnrollRequest(token, TestTls.csr(pair, List.of())));
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.body());
            }
            EnrollResponse response = ApiJson.MAPPER.readValue(answer.body(), EnrollResponse.class);
            return new TestAgent(
                    TestTls.client(pair.getPrivate(), response.certificatePem(), HttpClient.Version.HTTP_2), response);
        }
    }

    /** Enrolled, with an open session. */
    public static TestAgent inSession(TestPlacement.Cluster cluster) {
        TestAgent agent = enrolled(cluster);
        agent.openSession();
        return agent;
    }

    public EnrollResponse enrolment() {
        return java.util.Objects.requireNonNull(enrolled);
    }

    public long epoch() {
        return epoch;
    }

    public SessionResponse openSession() {
        return openSession(new SessionRequest("instance", "0.1", "v1.36.3", List.of(1)));
    }

    public SessionResponse openSession(SessionRequest request) {
        HttpResponse<String> answer = post(AgentPaths.SESSION, request);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        SessionResponse response = ApiJson.MAPPER.readValue(answer.body(), SessionResponse.class);
        epoch = response.epoch();
        return response;
    }

    public HttpResponse<String> post(String path, Object body) {
        return postRaw(path, ApiJson.MAPPER.writeValueAsString(body));
    }

    public HttpResponse<String> postRaw(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(TestHub.shared().agentUrl() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(TestHub.shared().agentUrl() + path)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public CompletableFuture<HttpResponse<String>> pollAsync(String have, int wait) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create(TestHub.shared().agentUrl() + mailbox(have, wait)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> poll(String have, int wait) {
        return get(mailbox(have, wait));
    }

    private String mailbox(String have, int wait) {
        return AgentPaths.MAILBOX + "?epoch=" + epoch + "&wait=" + wait + "&have=" + have;
    }

    public HttpResponse<String> applied(Target target) {
        return post(AgentPaths.APPLIED, new AppliedReport(epoch, target.revision(), target.state(), List.of(), ""));
    }

    public HttpResponse<String> report(ObjectReport... reports) {
        StringBuilder lines = new StringBuilder("{\"epoch\":" + epoch + "}\n");
        for (ObjectReport report : reports) {
            lines.append(ApiJson.MAPPER.writeValueAsString(report)).append('\n');
        }
        return postRaw(AgentPaths.REPORTS, lines.toString());
    }

    /** The lines of an answer to a poll. */
    public static List<MailboxLine> lines(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return answer.body()
                .lines()
                .map(line -> ApiJson.MAPPER.readValue(line, MailboxLine.class))
                .toList();
    }

    /** The stable code of a problem. */
    public static String code(HttpResponse<String> answer) {
        JsonNode problem = ApiJson.MAPPER.readTree(answer.body());
        return problem.path("code").asString("");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
