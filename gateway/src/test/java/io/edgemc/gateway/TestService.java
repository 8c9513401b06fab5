package io.edgemc.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.edgemc.api.json.ApiJson;
import io.edgemc.door.Identity;
import io.edgemc.door.IdentityKeys;
import io.edgemc.door.IdentityRefusedException;
import io.edgemc.door.IdentitySigner;
import io.edgemc.door.IdentityVerifier;
import io.edgemc.gateway.request.Service;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service behind the gateway, over real HTTP: believes identities as services do, keeps Spaces and AccessGrants, echoes
 * what it is asked, and streams what it is told to.
 */
final class TestService implements AutoCloseable {
    private static final String SYSTEM = "/system/apis/edge-mc.io/v1alpha1/";

    final BlockingQueue<String> stream = new LinkedBlockingQueue<>();
    final AtomicLong requests = new AtomicLong();
    /** Requests that change something and were believed. */
    final AtomicLong writes = new AtomicLong();
    /** What is asked for below {@code /held} is answered when it is released. */
    final CountDownLatch held = new CountDownLatch(1);

    final CountDownLatch release = new CountDownLatch(1);
    private final HttpServer server;
    private final IdentityVerifier verifier;
    private final Map<String, Map<String, ObjectNode>> objects = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong(1);

    TestService(Service service, IdentityKeys keys) throws IOException {
        verifier = new IdentityVerifier(keys, service.audience(), Clock.systemUTC());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void put(String resource, String name, String spec) {
        ObjectNode object = (ObjectNode)
                ApiJson.MAPPER.readTree("{\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"%d\"},\"spec\":%s}"
                        .formatted(name, version.incrementAndGet(), spec));
        objects.computeIfAbsent(resource, r -> new ConcurrentHashMap<>()).put(name, object);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            Identity identity;
            try {
                identity = verifier.verify(exchange.getRequestHeaders().getFirst(IdentitySigner.HEADER));
            } catch (IdentityRefusedException e) {
                answer(exchange, 401, e.reason().code());
                return;
            }
            if (!exchange.getRequestMethod().equals("GET")) {
                writes.incrementAndGet();
            }
            String path = exchange.getRequestURI().getPath();
            String query = exchange.getRequestURI().getRawQuery();
            if (path.startsWith(SYSTEM) && exchange.getRequestMethod().equals("GET")) {
                system(exchange, path.substring(SYSTEM.length()), query);
            } else if (path.startsWith(SYSTEM)) {
                put(path.substring(SYSTEM.length()), new String(body(exchange), StandardCharsets.UTF_8), "{}");
                answer(exchange, 201, "{}");
            } else if (query != null && query.contains("watch")) {
                streamTo(exchange);
            } else {
                if (path.endsWith("/held")) {
                    held.countDown();
                    await(release, 60);
                }
                echo(exchange, identity);
            }
        }
    }

    private void system(HttpExchange exchange, String resource, @org.jspecify.annotations.Nullable String query)
            throws IOException {
        if (query != null && query.contains("watch")) {
            // A watch that has nothing to say: what changes is found by the gateway's own reading.
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            await(new CountDownLatch(1), 600);
            return;
        }
        ObjectNode list = ApiJson.MAPPER.createObjectNode();
        list.putObject("metadata").put("resourceVersion", Long.toString(version.get()));
        var items = list.putArray("items");
        objects.getOrDefault(resource, Map.of()).values().forEach(items::add);
        answer(exchange, 200, list.toString());
    }

    private void streamTo(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        try {
            while (true) {
                out.write((stream.take() + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void echo(HttpExchange exchange, Identity identity) throws IOException {
        byte[] body = body(exchange);
        ObjectNode echo = ApiJson.MAPPER.createObjectNode();
        echo.put("method", exchange.getRequestMethod());
        echo.put("uri", exchange.getRequestURI().toString());
        echo.put("user", identity.user());
        echo.put("roles", identity.roles().toString());
        echo.put("requestId", identity.requestId());
        echo.put("length", body.length);
        ObjectNode headers = echo.putObject("headers");
        new TreeMap<>(exchange.getRequestHeaders())
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(",", values)));
        exchange.getResponseHeaders().set("X-Edge-Mc-Secret", "inside");
        exchange.getResponseHeaders().set("X-Kubernetes-Pf-Flowschema-Uid", "kept");
        answer(exchange, 200, echo.toString());
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        return exchange.getRequestBody().readAllBytes();
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void await(CountDownLatch latch, int seconds) {
        try {
            latch.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
