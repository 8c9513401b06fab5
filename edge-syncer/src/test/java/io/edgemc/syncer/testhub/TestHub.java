package io.edgemc.syncer.testhub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.edgemc.api.agent.AgentPaths;
import io.edgemc.api.agent.AppliedReport;
import io.edgemc.api.agent.EnrollRequest;
import io.edgemc.api.agent.EnrollResponse;
import io.edgemc.api.agent.RenewRequest;
import io.edgemc.api.agent.SessionLimits;
import io.edgemc.api.agent.SessionRequest;
import io.edgemc.api.agent.SessionResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A hub for one cluster that speaks the agent protocol over TLS; it can go away and come back on the same port. */
public final class TestHub implements AutoCloseable {
    public static final String UID = "0b5e0a53-1111-4222-8333-abcdefabcdef";
    static final JsonMapper MAPPER = new JsonMapper();

    private final TestAuthority authority = new TestAuthority();
    private final TestMailbox mailbox = new TestMailbox();
    private final TestReports reports = new TestReports();
    private final List<AppliedReport> applied = new ArrayList<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final String token = "one-use-token";
    private @Nullable HttpsServer server;
    private @Nullable ExecutorService executor;
    private int port;
    private long epoch;
    private Duration certificateLife = Duration.ofDays(1);
    private String hubEpoch = "hub-1";
    private final List<SessionRequest> sessions = new ArrayList<>();

    public TestHub() {
        start();
    }

    public synchronized void start() {
        try {
            HttpsServer fresh = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            fresh.setHttpsConfigurator(new HttpsConfigurator(authority.serverTls()) {
                @Override
                public void configure(HttpsParameters params) {
                    SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                    tls.setWantClientAuth(true);
                    params.setSSLParameters(tls);
                }
            });
            executor = Executors.newVirtualThreadPerTaskExecutor();
            fresh.setExecutor(executor);
            fresh.createContext("/", this::handle);
            fresh.start();
            port = fresh.getAddress().getPort();
            server = fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes away; what it knows stays. */
    public synchronized void stop() {
        if (server != null) {
            server.stop(0);
        }
        if (executor != null) {
            executor.shutdownNow();
        }
        server = null;
    }

    public URI url() {
        return URI.create("https://127.0.0.1:" + port);
    }

    public TestAuthority authority() {
        return authority;
    }

    public String token() {
        return token;
    }

    public TestMailbox mailbox() {
        return mailbox;
    }

    public TestReports reports() {
        return reports;
    }

    public void certificateLife(Duration life) {
        certificateLife = life;
    }

    /** Watermarks in the order in which they came. */
    public List<AppliedReport> applied() {
        synchronized (applied) {
            return List.copyOf(applied);
        }
    }

    public int calls(String path) {
        return calls.computeIfAbsent(path, p -> new AtomicInteger()).get();
    }

    /** Opens a session as another syncer would, so that the first one is fenced. */
    public synchronized void takeSessionOver() {
        epoch++;
        mailbox.wake();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            calls.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (path) {
                case AgentPaths.ENROLL -> enroll(exchange, MAPPER.readValue(body, EnrollRequest.class));
                case AgentPaths.RENEW ->
                    send(
                            exchange,
                            200,
                            identity(MAPPER.readValue(body, RenewRequest.class).csrPem()));
                case AgentPaths.SESSION -> send(exchange, 200, session(MAPPER.readValue(body, SessionRequest.class)));
                case AgentPaths.MAILBOX -> poll(exchange);
                case AgentPaths.CONTENT -> raw(exchange, 200, mailbox.contents(body));
                case AgentPaths.APPLIED -> applied(exchange, MAPPER.readValue(body, AppliedReport.class));
                case AgentPaths.REPORTS -> send(exchange, 200, reports.take(body));
                case AgentPaths.RECONCILE -> send(exchange, 200, reports.reconcile(body));
                case AgentPaths.BUCKETS -> send(exchange, 200, reports.buckets(body));
                default -> problem(exchange, 404, "not-found");
            }
        } catch (IOException | RuntimeException e) {
            // The other side went, or the hub is being stopped.
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void enroll(HttpExchange exchange, EnrollRequest request) throws IOException {
        if (request.token().equals(token)) {
            send(exchange, 200, identity(request.csrPem()));
        } else {
            problem(exchange, 401, "bad-token");
        }
    }

    private EnrollResponse identity(String csrPem) {
        return new EnrollResponse(UID, "florin", authority.sign(csrPem, UID, certificateLife), authority.caPem());
    }

    /** Is put back to how it was at an earlier revision, without what it knew of edges. */
    public synchronized void restore(long revision) {
        hubEpoch = "hub-2";
        mailbox.restore(revision);
    }

    /** What was asked for sessions, in order. */
    public synchronized List<SessionRequest> sessions() {
        return List.copyOf(sessions);
    }

    private synchronized SessionResponse session(SessionRequest request) {
        sessions.add(request);
        epoch++;
        mailbox.wake();
        return new SessionResponse(epoch, 1, hubEpoch, new SessionLimits(20, 200, 1_000_000, 50, 400));
    }

    private void poll(HttpExchange exchange) throws IOException, InterruptedException {
        Map<String, String> query = query(exchange);
        long called = Long.parseLong(query.getOrDefault("epoch", "0"));
        if (called != currentEpoch()) {
            problem(exchange, 409, "stale-epoch");
            return;
        }
        byte[] lines = mailbox.poll(
                query.getOrDefault("have", ""),
                Duration.ofSeconds(Long.parseLong(query.getOrDefault("wait", "0"))),
                () -> currentEpoch() != called);
        if (currentEpoch() != called) {
            problem(exchange, 409, "stale-epoch");
        } else {
            raw(exchange, lines.length == 0 ? 204 : 200, lines);
        }
    }

    private synchronized long currentEpoch() {
        return epoch;
    }

    private void applied(HttpExchange exchange, AppliedReport report) throws IOException {
        synchronized (applied) {
            applied.add(report);
        }
        raw(exchange, 204, new byte[0]);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String pair : exchange.getRequestURI().getQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts[1]);
        }
        return query;
    }

    private static void problem(HttpExchange exchange, int status, String code) throws IOException {
        raw(exchange, status, ("{\"code\":\"" + code + "\",\"title\":\"refused\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        raw(exchange, status, MAPPER.writeValueAsBytes(answer));
    }

    private static void raw(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
