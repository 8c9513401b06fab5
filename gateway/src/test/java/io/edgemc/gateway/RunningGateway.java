package io.edgemc.gateway;

import io.edgemc.door.IdentityKeys;
import io.edgemc.gateway.identity.TokenEntry;
import io.edgemc.gateway.identity.TokenFile;
import io.edgemc.gateway.request.Service;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway over TLS with a service behind it, as in production but for the service. */
final class RunningGateway implements AutoCloseable {
    final IdentityKeys keys;
    final TestService placement;
    final Path folder;
    final SelfSigned tls;
    final HttpClient client;
    final int port;
    private final ConfigurableApplicationContext context;

    RunningGateway(String... settings) throws Exception {
        this(Files.createTempDirectory("gateway"), settings);
    }

    /**
     * @param folder where it keeps its files; the audit log is in the folder {@code audit} of it
     */
    RunningGateway(Path folder, String... settings) throws Exception {
        this.folder = folder;
        tls = SelfSigned.in(folder);
        Path key = folder.resolve("identity.key");
        IdentityKeys.createIfAbsent(key);
        keys = IdentityKeys.load(key);
        placement = new TestService(Service.PLACEMENT, keys);
        placement.put("spaces", "common", "{}");
        placement.put("spaces", "special", "{}");
        grant("eve", "space-editor", "common");
        grant("vic", "space-viewer", "common");
        Path tokens = folder.resolve("tokens.json");
        TokenFile.write(
                tokens,
                List.of(
                        TokenEntry.of("root", List.of("edge-mc:admins"), "root-token"),
                        TokenEntry.of("eve", List.of(), "eve-token"),
                        TokenEntry.of("vic", List.of(), "vic-token"),
                        new TokenEntry(
                                "old",
                                List.of(),
                                TokenEntry.of("x", List.of(), "old-token").sha256(),
                                Instant.EPOCH)));
        var application = GatewayApplication.application();
        String[] all = new String[settings.length + 8];
        System.arraycopy(settings, 0, all, 8, settings.length);
        all[0] = "--server.port=0";
        all[1] = "--server.address=127.0.0.1";
        all[2] = "--edge-mc.door.key-file=" + key;
        all[3] = "--edge-mc.gateway.tokens-file=" + tokens;
        all[4] = "--edge-mc.gateway.audit-dir=" + folder.resolve("audit");
        all[5] = "--edge-mc.gateway.services.placement=" + placement.uri();
        all[6] = "--edge-mc.gateway.tls.certificate=" + tls.certificate();
        all[7] = "--edge-mc.gateway.tls.key=" + tls.key();
        context = application.run(all);
        port = ((WebServerApplicationContext) context).getWebServer().getPort();
        client = HttpClient.newBuilder()
                .sslContext(tls.trust())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    void grant(String user, String role, String space) {
        placement.put(
                "accessgrants",
                user + "-" + role,
                "{\"role\":\"%s\",\"subjects\":[{\"user\":\"%s\"}],\"spaces\":[\"%s\"]}".formatted(role, user, space));
    }

    HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> get(String path, String token) throws Exception {
        return client.send(request(path, token).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String token, String body) throws Exception {
        return client.send(
                request(path, token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    String audit() throws Exception {
        return Files.readString(folder.resolve("audit/audit.jsonl"));
    }

    /** Empty before there is any. */
    String anonymousAudit() throws Exception {
        Path file = folder.resolve("audit/anonymous.jsonl");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** Stops the gateway and nothing else. Idempotent. */
    void closeContext() {
        context.close();
    }

    @Override
    public void close() {
        closeContext();
        placement.close();
        client.close();
    }
}
