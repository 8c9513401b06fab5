package io.edgemc.cli.hub;

import io.edgemc.cli.CommandFailure;
import io.edgemc.stack.HubDirectory;
import io.edgemc.stack.HubState;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a local hub through its gateway, as the administrator. */
public final class HubApi implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI gateway;
    private final String token;
    private final HttpClient client;

    private HubApi(URI gateway, String token, HttpClient client) {
        this.gateway = gateway;
        this.token = token;
        this.client = client;
    }

    /**
     * Answer of the hub.
     *
     * @param status of HTTP
     * @param retryAfter header {@code Retry-After}, in seconds as the hub gives it
     * @param body text where it is not JSON
     */
    public record Answer(int status, Optional<String> retryAfter, JsonNode body) {
        public boolean succeeded() {
            return status >= 200 && status < 300;
        }
    }

    /** For the hub of a directory; throws {@link CommandFailure} if it does not run. */
    public static HubApi of(HubDirectory directory) {
        HubState state = HubState.read(directory)
                .orElseThrow(
                        () -> new CommandFailure("no hub runs on " + directory.root() + "; start it by: edge-mc up"));
        try {
            String token = Files.readString(directory.adminToken(), StandardCharsets.UTF_8)
                    .strip();
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(trusting(directory))
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
            return new HubApi(URI.create(state.url("gateway")), token, client);
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandFailure(
                    "the hub's token or certificate in " + directory.root() + " cannot be read: " + e, e);
        }
    }

    /** Address of the gateway. */
    public URI gateway() {
        return gateway;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer put(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** As {@link #post}, and a failure of the call is one of the command. */
    public JsonNode postOrFail(String path, String json) {
        Answer answer = post(path, json);
        if (!answer.succeeded()) {
            throw new CommandFailure("the hub refused POST " + path + " (" + answer.status() + "): " + words(answer));
        }
        return answer.body();
    }

    /** What an error answer says. */
    public static String words(Answer answer) {
        JsonNode body = answer.body();
        for (String member : new String[] {"message", "detail", "title"}) {
            if (body.has(member)) {
                return body.path(member).asString();
            }
        }
        return body.toString();
    }

    @Override
    public void close() {
        client.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String body = response.body();
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Retry-After"),
                    body.startsWith("{") || body.startsWith("[")
                            ? MAPPER.readTree(body)
                            : MAPPER.getNodeFactory().stringNode(body));
        } catch (IOException e) {
            throw new CommandFailure("the hub at " + gateway + " does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while waiting for the hub", e);
        }
    }

    /** TLS that trusts the gateway of the hub of a directory. */
    public static SSLContext trusting(HubDirectory directory) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(directory.gatewayAuthority())) {
            trusted.setCertificateEntry(
                    "gateway", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
