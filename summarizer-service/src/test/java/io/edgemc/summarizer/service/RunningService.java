package io.edgemc.summarizer.service;

import io.edgemc.api.json.ApiJson;
import io.edgemc.door.IdentityKeys;
import io.edgemc.door.IdentitySigner;
import io.edgemc.door.access.Role;
import io.edgemc.servers.process.ScratchFolder;
import io.edgemc.servers.testing.TestKafka;
import io.edgemc.summarizer.SummarizerApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The service in this JVM, with its real broker, and a caller that the gateway would have let through. */
final class RunningService implements AutoCloseable {
    private static final String KEY = "c3VtbWFyaXplci10ZXN0LWtleS1vZi0zMi1ieXRlcyEh";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ScratchFolder folder = ScratchFolder.create("summarizer-service");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final IdentitySigner signer = new IdentitySigner(IdentityKeys.parse(KEY), Clock.systemUTC());
    private final ConfigurableApplicationContext context;

    RunningService() {
        context =
                SummarizerApplication.application().run(arguments(folder.path().toString()));
    }

    static String[] arguments(String stateDirectory) {
        return new String[] {
            "--server.port=0",
            "--edge-mc.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
            "--edge-mc.bus.partitions=2",
            "--edge-mc.bus.instance=test",
            "--edge-mc.door.key=" + KEY,
            "--edge-mc.summarizer.state-dir=" + stateDirectory,
            "--logging.structured.format.console="
        };
    }

    String url(String path) {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path;
    }

    HttpRequest.Builder request(String path, Role... roles) {
        return HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(DEADLINE)
                .header(IdentitySigner.HEADER, signer.sign("ann", Set.of(), Set.of(roles), "r1", "summarizer-service"));
    }

    HttpResponse<String> get(String path, Role... roles) {
        return send(request(path, roles).build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    EventReader events(String path, String lastEventId) {
        HttpRequest.Builder request = request(path, Role.SUMMARY_READER);
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            return new EventReader(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks until the answer is as wanted. */
    JsonNode await(String path, Predicate<JsonNode> wanted) throws InterruptedException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            HttpResponse<String> answer = get(path, Role.SUMMARY_READER);
            JsonNode body = ApiJson.MAPPER.readTree(answer.body());
            if (answer.statusCode() == 200 && wanted.test(body)) {
                return body;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("still " + answer.statusCode() + " " + answer.body());
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        context.close();
        http.close();
        folder.close();
    }
}
