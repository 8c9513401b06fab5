package io.edgemc.syncer.kube;

import io.edgemc.api.json.CanonicalJson;
import io.edgemc.syncer.http.TimedBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The few calls of the Kubernetes API that the syncer makes, on JSON trees; a client library would double the process (see the
 * decision record on it). Blocking. Thread-safe.
 */
public final class KubeClient implements AutoCloseable {
    /** Our name among the managers of an object's fields. */
    public static final String FIELD_MANAGER = "edge-mc";

    /** Reads trees out of the middle of a document as well. */
    /** As deep as the API server's own decoder reads, or one object that it stores would end every list of its kind. */
    private static final int MOST_DEPTH = 10_100;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int MAX_OBJECT = 16 * 1024 * 1024;
    private static final String JSON = "application/json";

    private final KubeAccess access;
    private final Executor executor;
    private volatile @Nullable HttpClient client;

    public KubeClient(KubeAccess access, Executor executor) {
        this.access = access;
        this.executor = executor;
    }

    /** Reads an object; empty if it is not there, {@link KubeException} if its kind is not served. */
    public Optional<ObjectNode> find(String path) throws IOException {
        try {
            return Optional.of(get(path, JSON));
        } catch (KubeException e) {
            if (e.isNotFound() && !e.isNotServed()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * As {@link #find}, from the API server's own cache: it asks nobody, so it is quick, and it may be behind for a moment. What it
     * does not know yet is empty; what it says is there may be gone.
     */
    public Optional<ObjectNode> findCached(String path) throws IOException {
        return find(path + "?resourceVersion=0");
    }

    public ObjectNode get(String path, String accept) throws IOException {
        return object(exchange(request(path).header("Accept", accept), ANSWER));
    }

    /** Server-side apply of our fields, by force; the object as it is then. */
    public ObjectNode apply(String path, ObjectNode body, boolean dryRun) throws IOException {
        String query = "?fieldManager=" + FIELD_MANAGER + "&force=true" + (dryRun ? "&dryRun=All" : "");
        return object(exchange(
                request(path + query)
                        .header("Accept", JSON)
                        .header("Content-Type", "application/apply-patch+yaml")
                        .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.bytes(body))),
                ANSWER));
    }

    /** JSON merge patch. */
    public ObjectNode mergePatch(String path, ObjectNode patch) throws IOException {
        return object(exchange(
                request(path + "?fieldManager=" + FIELD_MANAGER)
                        .header("Accept", JSON)
                        .header("Content-Type", "application/merge-patch+json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(patch.toString())),
                ANSWER));
    }

    /** Deletes exactly the object that was looked at, dependents in the background; a conflict if it changed since. */
    public void delete(String path, JsonNode lookedAt) throws IOException {
        JsonNode metadata = lookedAt.path("metadata");
        ObjectNode options = MAPPER.createObjectNode();
        options.put("apiVersion", "v1");
        options.put("kind", "DeleteOptions");
        options.put("propagationPolicy", "Background");
        options.putObject("preconditions")
                .put("uid", metadata.path("uid").asString(""))
                .put("resourceVersion", metadata.path("resourceVersion").asString(""));
        try (InputStream body = exchange(
                request(path)
                        .header("Accept", JSON)
                        .header("Content-Type", JSON)
                        .method("DELETE", HttpRequest.BodyPublishers.ofString(options.toString())),
                ANSWER)) {
            body.readNBytes(MAX_OBJECT);
        }
    }

    /** An answer to be read as it comes; the reader closes it. */
    InputStream stream(String path, String accept, Duration silence) throws IOException {
        return exchange(request(path).header("Accept", accept), silence);
    }

    /** The server's version, such as {@code v1.36.3}. */
    public String version() throws IOException {
        return get("/version", JSON).path("gitVersion").asString("");
    }

    @Override
    public void close() {
        reset();
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String base = access.server().toString();
        String prefix = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(prefix + path)).timeout(ANSWER);
        String token = access.token().current();
        return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
    }

    private InputStream exchange(HttpRequest.Builder request, Duration silence) throws IOException {
        HttpResponse<InputStream> response;
        try {
            response = client().send(request.build(), TimedBody.after(silence));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the API server");
        } catch (java.net.http.HttpTimeoutException e) {
            // The connection may be half-open; the next call takes a new one.
            reset();
            throw e;
        }
        if (response.statusCode() / 100 == 2) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw refusal(response, body.readNBytes(64 * 1024));
        }
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
                        .sslContext(access.tls())
                        .executor(executor)
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
                client = open;
            }
            return open;
        }
    }

    private void reset() {
        HttpClient old;
        synchronized (this) {
            old = client;
            client = null;
        }
        if (old != null) {
            old.shutdownNow();
        }
    }

    private static ObjectNode object(InputStream body) throws IOException {
        try (body) {
            if (MAPPER.readTree(body.readNBytes(MAX_OBJECT)) instanceof ObjectNode object) {
                return object;
            }
            throw new IOException("the API server sent no object");
        } catch (JacksonException e) {
            throw new IOException("the API server's answer does not parse: " + e.getOriginalMessage(), e);
        }
    }

    private static KubeException refusal(HttpResponse<?> response, byte[] body) {
        Duration retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
        return refusal(response.statusCode(), body, retryAfter);
    }

    static KubeException refusal(int status, byte[] body, @Nullable Duration retryAfter) {
        try {
            JsonNode parsed = MAPPER.readTree(body);
            return new KubeException(
                    status,
                    parsed.path("reason").asString(""),
                    parsed.path("message").asString("HTTP " + status),
                    !parsed.path("details").path("name").asString("").isEmpty(),
                    retryAfter);
        } catch (JacksonException e) {
            String text = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8).strip();
            return new KubeException(status, "", "HTTP " + status + " " + text, false, retryAfter);
        }
    }
}
