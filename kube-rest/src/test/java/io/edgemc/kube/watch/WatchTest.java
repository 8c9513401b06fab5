package io.edgemc.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.store.memory.MemoryStore;
import io.edgemc.kube.testing.Eventually;
import io.edgemc.kube.testing.ViewServer;
import io.edgemc.kube.view.KubeView;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WatchTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir
    static Path directory;

    private static ViewServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        server = new ViewServer(directory);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() throws Exception {
        http.close();
        server.close();
    }

    @Test
    void everyLaterEventComesOnceAndInOrderWhileManyWrite() throws Exception {
        server.space("busy");
        long start = position("busy");
        int writers = 4;
        int each = 40;
        CompletableFuture<List<JsonNode>> early = watched("busy", start, writers * each);
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            for (int w = 0; w < writers; w++) {
                int writer = w;
                threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        create("busy", "n-" + writer + "-" + i, "{}");
                    }
                });
            }
        }
        CompletableFuture<List<JsonNode>> late = watched("busy", start, writers * each);

        List<Long> live = versions(early.get(30, TimeUnit.SECONDS));
        List<Long> replayed = versions(late.get(30, TimeUnit.SECONDS));

        assertThat(live).hasSize(writers * each).isSorted().doesNotHaveDuplicates();
        assertThat(replayed).isEqualTo(live);
    }

    @Test
    void whatEntersOrLeavesASelectorIsAddedOrDeleted() throws Exception {
        server.space("labels");
        create("labels", "a", "{\"on\":\"no\"}");
        long start = position("labels");
        patch("labels", "a", "{\"metadata\":{\"labels\":{\"on\":\"yes\"}}}");
        patch("labels", "a", "{\"data\":{\"k\":\"v\"}}");
        patch("labels", "a", "{\"metadata\":{\"labels\":{\"on\":\"no\"}}}");

        List<JsonNode> events =
                lines("labels", MAPS + "?watch=1&timeoutSeconds=1&labelSelector=on%3Dyes&resourceVersion=" + start);

        assertThat(events)
                .extracting(event -> event.path("type").asString(""))
                .containsExactly("ADDED", "MODIFIED", "DELETED");
        assertThat(versions(events)).isSorted();
    }

    @Test
    void initialEventsEndWithAMarkedBookmark() throws Exception {
        server.space("initial");
        create("initial", "a", "{}");
        create("initial", "b", "{}");

        List<JsonNode> events = lines(
                "initial",
                MAPS + "?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&sendInitialEvents=true"
                        + "&resourceVersionMatch=NotOlderThan");

        assertThat(events.subList(0, 3))
                .extracting(event -> event.path("type").asString(""))
                .containsExactly("ADDED", "ADDED", "BOOKMARK");
        assertThat(events.get(2)
                        .at("/object/metadata/annotations")
                        .path("k8s.io/initial-events-end")
                        .asString(""))
                .isEqualTo("true");
    }

    @Test
    void aPositionThatIsNoLongerKeptIsGone() throws Exception {
        server.space("short", new MemoryStore(3));
        long start = position("short");
        for (int i = 0; i < 5000; i++) {
            create("short", "n" + i, "{}");
        }

        List<JsonNode> events = lines("short", MAPS + "?watch=1&timeoutSeconds=2&resourceVersion=" + start);

        assertThat(events.getLast().path("type").asString("")).isEqualTo("ERROR");
        assertThat(events.getLast().at("/object/code").asInt()).isEqualTo(410);
        assertThat(events.getLast().at("/object/reason").asString("")).isEqualTo("Expired");
    }

    @Test
    void aPositionThatWasNeverReachedIsGoneToo() throws Exception {
        server.space("future");
        long ahead = position("future") + 1_000;

        List<JsonNode> events = lines("future", MAPS + "?watch=1&timeoutSeconds=2&resourceVersion=" + ahead);

        assertThat(events).hasSize(1);
        assertThat(events.getFirst().path("type").asString("")).isEqualTo("ERROR");
        assertThat(events.getFirst().at("/object/code").asInt()).isEqualTo(410);
        assertThat(events.getFirst().at("/object/message").asString("")).contains("too large resource version");
    }

    @Test
    void aWatcherThatDoesNotReadIsClosedAndHoldsUpNobody() throws Exception {
        KubeView view = server.space("slow");
        long start = position("slow");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(server.address("slow") + MAPS + "?watch=1&resourceVersion=" + start))
                .build();
        String large = "x".repeat(20_000);
        try (InputStream neverRead =
                http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            Eventually.holds(() -> assertThat(view.watchers()).isEqualTo(1));
            for (int i = 0; i < 3000; i++) {
                server.send(
                        "POST",
                        "slow",
                        MAPS,
                        "{\"metadata\":{\"name\":\"n" + i + "\"},\"data\":{\"k\":\"" + large + "\"}}");
            }
            Eventually.holds(() -> assertThat(view.watchers()).isZero());
            assertThat(neverRead).isNotNull();
        }
    }

    private static CompletableFuture<List<JsonNode>> watched(String space, long after, int count) {
        return CompletableFuture.supplyAsync(() -> {
            List<JsonNode> events = new ArrayList<>();
            HttpRequest request = HttpRequest.newBuilder(URI.create(
                            server.address(space) + MAPS + "?watch=1&timeoutSeconds=30&resourceVersion=" + after))
                    .build();
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                    http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                            .body(),
                    StandardCharsets.UTF_8))) {
                while (events.size() < count) {
                    events.add(JsonMapper.shared().readTree(reader.readLine()));
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return events;
        });
    }

    private static List<JsonNode> lines(String space, String path) {
        return server.send("GET", space, path, "")
                .body()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    private static List<Long> versions(List<JsonNode> events) {
        return events.stream()
                .map(event -> Long.parseLong(
                        event.at("/object/metadata/resourceVersion").asString("")))
                .toList();
    }

    private static long position(String space) {
        return Long.parseLong(JsonMapper.shared()
                .readTree(server.send("GET", space, MAPS, "").body())
                .at("/metadata/resourceVersion")
                .asString(""));
    }

    private static void create(String space, String name, String labels) {
        HttpResponse<String> answer = server.send(
                "POST", space, MAPS, "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":" + labels + "}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static void patch(String space, String name, String patch) {
        HttpResponse<String> answer =
                server.send("PATCH", space, MAPS + "/" + name, patch, "Content-Type", "application/merge-patch+json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
