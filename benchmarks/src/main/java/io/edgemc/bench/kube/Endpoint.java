package io.edgemc.bench.kube;

import io.edgemc.bench.measure.ProcessFigures;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Something that speaks the Kubernetes API, and the process that serves it. One request per connection at a time. Thread-safe. */
final class Endpoint implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final String name;
    private final String base;
    private final Supplier<Map.Entry<String, String>> credential;
    private final long pid;
    private final HttpClient http;

    /**
     * @param base URL without a slash at its end
     * @param credential header that says who asks
     * @param pid of the server whose memory counts
     */
    Endpoint(
            String name,
            String base,
            @Nullable SSLContext tls,
            Supplier<Map.Entry<String, String>> credential,
            long pid) {
        this.name = name;
        this.base = base;
        this.credential = credential;
        this.pid = pid;
        HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        this.http = (tls == null ? client : client.sslContext(tls)).build();
    }

    String name() {
        return name;
    }

    void create(String collection, String json) {
        int status = send("POST", collection, json, "application/json", BodyHandlers.discarding())
                .statusCode();
        if (status != 201) {
            throw new IllegalStateException(name + ": POST " + collection + " answered " + status);
        }
    }

    /** Server-side apply. */
    void apply(String path, String json) {
        HttpResponse<String> answer = send(
                "PATCH",
                path + "?fieldManager=bench&force=true",
                json,
                "application/apply-patch+yaml",
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(name + ": apply " + path + ": " + answer.body());
        }
    }

    String read(String path, String accept) {
        HttpResponse<String> answer = exchange(request(path).header("Accept", accept), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(name + ": GET " + path + ": " + answer.body());
        }
        return answer.body();
    }

    /** The stream of a watch. */
    InputStream watch(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        Map.Entry<String, String> who = credential.get();
        HttpResponse<InputStream> answer =
                exchange(request.header(who.getKey(), who.getValue()), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(name + ": watch " + path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    private <T> HttpResponse<T> send(String method, String path, String body, String type, BodyHandler<T> handler) {
        return exchange(
                request(path).header("Content-Type", type).method(method, BodyPublishers.ofString(body)), handler);
    }

    private HttpRequest.Builder request(String path) {
        Map.Entry<String, String> who = credential.get();
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT).header(who.getKey(), who.getValue());
    }

    private <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new IllegalStateException(name + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Resident memory of its server, in bytes. */
    long residentBytes() {
        return ProcessFigures.residentBytes(pid);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
