package io.edgemc.placement;

import io.edgemc.api.content.KeyRing;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.door.IdentityKeys;
import io.edgemc.door.IdentitySigner;
import io.edgemc.door.access.Role;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.SpaceEngine;
import io.edgemc.placement.space.View;
import io.edgemc.placement.space.ViewStore;
import io.edgemc.servers.postgres.Database;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a port of its own, called as the gateway would. */
final class RunningService implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    private final IdentitySigner signer;
    private final String base;

    record Answer(int status, JsonNode body) {
        String message() {
            return body.path("message").asString(body.path("detail").asString(""));
        }
    }

    /** @param more settings */
    RunningService(Database database, String kafka, Path folder, String... more) throws Exception {
        Path keyring = folder.resolve("keyring");
        if (!Files.exists(keyring)) {
            Files.write(keyring, KeyRing.generate(new SecureRandom()));
        }
        Path door = folder.resolve("door");
        IdentityKeys.createIfAbsent(door);
        signer = new IdentitySigner(IdentityKeys.load(door), Clock.systemUTC());
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--edge-mc.kafka.bootstrap-servers=" + kafka,
                "--edge-mc.bus.partitions=2",
                "--edge-mc.keyring.file=" + keyring,
                "--edge-mc.door.key-file=" + door,
                "--logging.structured.format.console="));
        settings.addAll(List.of(more));
        context = PlacementApplication.application().run(settings.toArray(String[]::new));
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        base = "http://127.0.0.1:" + port;
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /** A view past admission. */
    ViewStore store(View view) {
        return new ViewStore(
                view,
                context.getBean(SpaceEngine.class),
                context.getBean(Ledger.class),
                context.getBean(CommitSignal.class),
                Runnable::run);
    }

    Answer get(String path) throws Exception {
        return call("GET", path, null, "application/json");
    }

    Answer post(String path, String yaml) throws Exception {
        return call("POST", path, yaml, "application/yaml");
    }

    /** The stream of a watch, from its beginning. */
    InputStream watch(String path) throws Exception {
        HttpResponse<InputStream> response =
                http.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the watch answered " + response.statusCode());
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        String identity = signer.sign(
                "ann", Set.of(), Set.of(Role.PLATFORM_ADMIN), UUID.randomUUID().toString(), "placement-service");
        return HttpRequest.newBuilder(URI.create(base + path)).header(IdentitySigner.HEADER, identity);
    }

    Answer call(String method, String path, String body, String type) throws Exception {
        return send(request(path)
                .header("Content-Type", type)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** What anybody may read that is no JSON. */
    String text(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(base + path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    Answer anonymous(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(base + path)).build());
    }

    private Answer send(HttpRequest request) throws Exception {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), body(response));
    }

    private static JsonNode body(HttpResponse<byte[]> response) {
        if (response.body().length == 0) {
            return JSON.createObjectNode();
        }
        // A path below which nothing is has a line of text.
        return response.headers().firstValue("Content-Type").orElse("").startsWith("text/plain")
                ? JSON.createObjectNode().put("message", new String(response.body(), StandardCharsets.UTF_8))
                : JSON.readTree(response.body());
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
