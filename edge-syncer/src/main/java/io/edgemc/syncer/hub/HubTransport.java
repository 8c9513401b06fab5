package io.edgemc.syncer.hub;

import io.edgemc.api.json.ApiJson;
import io.edgemc.syncer.http.TimedBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTPS to one hub with one certificate; a broken connection is replaced by a new one. Thread-safe. */
final class HubTransport implements AutoCloseable {
    static final JsonMapper MAPPER = ApiJson.MAPPER;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int MAX_PROBLEM = 64 * 1024;

    private final URI hub;
    private final Executor executor;
    private final SSLContext tls;
    private volatile @Nullable HttpClient client;

    HubTransport(URI hub, SSLContext tls, Executor executor) {
        this.hub = hub;
        this.tls = tls;
        this.executor = executor;
    }

    InputStream get(String pathAndQuery, String accept, Duration wait) throws IOException {
        return send(HttpRequest.newBuilder(hub.resolve(pathAndQuery)).header("Accept", accept), wait);
    }

    InputStream post(String path, String contentType, byte[] body) throws IOException {
        return send(
                HttpRequest.newBuilder(hub.resolve(path))
                        .header("Content-Type", contentType)
                        .header("Accept", "application/json, application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
                Duration.ZERO);
    }

    /** The body of a 2xx answer (204: empty); everything else is thrown. */
    private InputStream send(HttpRequest.Builder request, Duration wait) throws IOException {
        HttpResponse<InputStream> response;
        try {
            response = client().send(request.timeout(wait.plus(SILENCE)).build(), TimedBody.after(SILENCE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the hub");
        } catch (IOException e) {
            reset();
            throw e;
        }
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw refusal(response, body.readNBytes(MAX_PROBLEM));
        }
    }

    /** The next call uses a new connection: the old one may be half-open, and would time out again and again. */
    void reset() {
        HttpClient old;
        synchronized (this) {
            old = client;
            client = null;
        }
        if (old != null) {
            old.shutdownNow();
        }
    }

    @Override
    public void close() {
        reset();
    }

    private HttpClient client() {
        HttpClient open = client;
        if (open != null) {
            return open;
        }
        synchronized (this) {
            open = client;
            if (open == null) {
                open = HttpClient.newBuilder()
                        .sslContext(tls)
                        .executor(executor)
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
                client = open;
            }
            return open;
        }
    }

    private static HubException refusal(HttpResponse<?> response, byte[] body) {
        Duration retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
        String code = "";
        String detail = "";
        try {
            JsonNode problem = MAPPER.readTree(body);
            code = problem.path("code").asString("");
            detail = problem.path("detail").asString(problem.path("title").asString(""));
        } catch (JacksonException e) {
            detail = "an answer that is not a problem document";
        }
        return new HubException(response.statusCode(), code, detail, retryAfter);
    }
}
