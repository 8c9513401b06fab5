package io.edgemc.c2p.service;

import io.edgemc.api.json.ApiJson;
import io.edgemc.bus.BusSettings;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.bus.publish.KafkaEventPublisher;
import io.edgemc.c2p.C2pApplication;
import io.edgemc.door.IdentityKeys;
import io.edgemc.door.IdentitySigner;
import io.edgemc.door.access.Role;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.testing.TestKafka;
import io.edgemc.servers.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** The whole service on a real database and a real broker, one for all tests of this JVM. */
final class RunningService {
    private static final RunningService SHARED = start();

    private final ConfigurableApplicationContext context;
    private final EventPublisher publisher;
    private final IdentitySigner signer;
    private final HttpClient http = HttpClient.newHttpClient();
    /** Every answer that any test got, for the test that nothing of the inside shows. */
    final ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();

    private RunningService(ConfigurableApplicationContext context, IdentitySigner signer) {
        this.context = context;
        this.signer = signer;
        this.publisher = new KafkaEventPublisher(BusSettings.of(TestKafka.bootstrapServers(), "test"));
    }

    static RunningService shared() {
        return SHARED;
    }

    private static RunningService start() {
        try {
            Path folder = Files.createTempDirectory("c2p-service");
            Path key = folder.resolve("door.key");
            IdentityKeys.createIfAbsent(key);
            Database database = TestPostgres.freshDatabase();
            ConfigurableApplicationContext context = C2pApplication.builder()
                    .run(
                            "--spring.datasource.url=" + database.jdbcUrl(),
                            "--spring.datasource.username=" + database.user(),
                            "--spring.datasource.password=" + database.password(),
                            "--edge-mc.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
                            "--edge-mc.bus.partitions=2",
                            "--edge-mc.door.key-file=" + key,
                            "--edge-mc.c2p.sweep-every=200ms",
                            "--server.port=0",
                            "--logging.structured.format.console=");
            return new RunningService(context, new IdentitySigner(IdentityKeys.load(key), Clock.systemUTC()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    EventPublisher publisher() {
        return publisher;
    }

    JdbcTemplate jdbc() {
        return context.getBean(JdbcTemplate.class);
    }

    String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    /** The header that the gateway would set for a user of that role. */
    String identity(Role role) {
        return signer.sign("alice", Set.of(), Set.of(role), UUID.randomUUID().toString(), "c2p-adapter");
    }

    HttpResponse<String> send(String method, String path, String body, Role role) {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                .header(IdentitySigner.HEADER, identity(role))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            answers.add(response.headers().map() + "\n" + response.body());
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode get(String path) {
        return ApiJson.MAPPER.readTree(
                send("GET", path, "", Role.COMPLIANCE_READER).body());
    }

    /** The row of a summary whose column has the value; missing if there is none. */
    JsonNode row(String summary, String column, String value) {
        for (JsonNode row : get("/c2p/v1/summary/" + summary + "?limit=1000").path("rows")) {
            if (row.path(column).asString("").equals(value)) {
                return row;
            }
        }
        return ApiJson.MAPPER.missingNode();
    }
}
