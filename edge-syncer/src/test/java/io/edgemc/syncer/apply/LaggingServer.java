package io.edgemc.syncer.apply;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.edgemc.syncer.kube.KubeAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands for an API server whose cache is behind, which a real one does not do on demand: it has one object, which its cache and
 * its store may know differently. What is applied it answers with what came; that changes neither.
 */
final class LaggingServer implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final byte[] NOT_FOUND = "{\"kind\":\"Status\",\"reason\":\"NotFound\",\"details\":{\"name\":\"a\"}}"
            .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final List<String> reads = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> applied = new CopyOnWriteArrayList<>();
    private volatile @Nullable ObjectNode cached;
    private volatile @Nullable ObjectNode stored;

    LaggingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    KubeAccess access() throws GeneralSecurityException {
        URI here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new KubeAccess(here, SSLContext.getDefault(), KubeAccess.TokenSource.NONE);
    }

    void has(@Nullable ObjectNode inCache, @Nullable ObjectNode inStore) {
        cached = inCache;
        stored = inStore;
    }

    /** Where the reads came from, in their order. */
    List<String> reads() {
        return reads;
    }

    /** What was applied, dry runs left out. */
    List<ObjectNode> applied() {
        return applied;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("PATCH")) {
                if (!query.contains("dryRun")) {
                    applied.add((ObjectNode) MAPPER.readTree(body));
                }
                send(exchange, 200, body);
                return;
            }
            boolean fromCache = query.contains("resourceVersion=0");
            reads.add(fromCache ? "cache" : "store");
            ObjectNode found = fromCache ? cached : stored;
            if (found == null) {
                send(exchange, 404, NOT_FOUND);
            } else {
                send(exchange, 200, MAPPER.writeValueAsBytes(found));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
