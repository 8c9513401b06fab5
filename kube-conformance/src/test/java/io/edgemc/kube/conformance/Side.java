package io.edgemc.kube.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One of the two servers that are compared. Thread-safe. */
public abstract class Side implements AutoCloseable {
    private final String name;
    private final URI address;
    private final HttpClient http;

    Side(String name, URI address, HttpClient http) {
        this.name = name;
        this.address = address;
        this.http = http;
    }

    /** {@code reference} or {@code space}. */
    public String name() {
        return name;
    }

    /** Where its API is, with a path for a space. */
    public URI address() {
        return address;
    }

    /** The text of a kubeconfig for a user that may do everything, with that namespace as the one to work in. */
    public abstract String kubeconfig(String namespace);

    /** A folder where the kubectls of this side share what they learn of it. */
    abstract Path cache();

    /** Any answer, whatever its status. */
    public HttpResponse<byte[]> send(String method, String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new NoAnswer(name + ": " + method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The connection ended in place of an answer. */
    static final class NoAnswer extends IllegalStateException {
        private static final long serialVersionUID = 1;

        NoAnswer(String message, IOException cause) {
            super(message, cause);
        }
    }

    @Override
    public abstract void close();
}
