package io.edgemc.mailbox.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.door.access.Role;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestGateway;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.Until;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class MailboxViewTest {
    private final TestPlacement placement = new TestPlacement();
    private final TestGateway admin = new TestGateway(Role.PLATFORM_ADMIN);

    private JsonNode get(String path) {
        HttpResponse<String> answer = admin.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ApiJson.MAPPER.readTree(answer.body());
    }

    private static String path(Cluster cluster, String rest) {
        return "/clusters/" + cluster.name() + "/api/v1/namespaces/shop/configmaps" + rest;
    }

    private ObjectReport report(long sequence, ObjectNode object, Origin origin) {
        ObjectKey key = TestPlacement.keyOf(object);
        return new ObjectReport(
                "",
                0,
                sequence,
                key,
                origin,
                1,
                Digest.sha256(CanonicalJson.bytes(object)).hex(),
                false,
                object,
                "2026-01-01T00:00:00Z",
                "");
    }

    @Test
    void what_a_cluster_should_hold_is_pending_until_it_is_reported() {
        // Given
        Cluster cluster = placement.cluster("view");
        ObjectNode object = TestPlacement.configMap("shop", "a", "1");
        placement.target(cluster, placement.state(object));
        Until.holds("shown", () -> admin.get(path(cluster, "/a")).statusCode() == 200);
        assertThat(get(path(cluster, "/a"))
                        .at("/metadata/labels/edge-mc.io~1state")
                        .asString())
                .isEqualTo("pending");
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            ObjectNode seen = object.deepCopy();
            seen.withObjectProperty("metadata").put("uid", "edge-uid");
            seen.putObject("status").put("phase", "Fine");
            // When
            agent.report(report(1, seen, Origin.DOWNSYNC));
            // Then
            Until.holds(
                    "held",
                    () -> get(path(cluster, "/a"))
                            .at("/metadata/labels/edge-mc.io~1state")
                            .asString("")
                            .equals("held"));
            JsonNode merged = get(path(cluster, "/a"));
            assertThat(merged.at("/status/phase").asString()).isEqualTo("Fine");
            assertThat(merged.at("/metadata/uid").asString()).isEqualTo("edge-uid");
            assertThat(merged.at("/data/key").asString()).isEqualTo("1");
        }
    }

    @Test
    void objects_born_at_the_edge_and_their_kinds_are_served() {
        // Given
        Cluster cluster = placement.cluster("born");
        ObjectNode sprocket = TestPlacement.configMap("orbital", "george", "1");
        sprocket.put("apiVersion", "group1.test/v1").put("kind", "Sprocket");
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            // When
            agent.report(report(1, sprocket, Origin.UPSYNC));
            // Then
            String path = "/clusters/" + cluster.name() + "/apis/group1.test/v1/namespaces/orbital/sprockets";
            Until.holds(
                    "served",
                    () -> admin.get(path).statusCode() == 200
                            && !get(path).path("items").isEmpty());
            assertThat(get(path)
                            .at("/items/0/metadata/labels/edge-mc.io~1state")
                            .asString())
                    .isEqualTo("upsynced");
        }
    }

    @Test
    void in_the_view_of_all_clusters_names_do_not_collide() {
        // Given
        Cluster first = placement.cluster("all");
        Cluster second = placement.cluster("all");
        var state = placement.state(TestPlacement.configMap("shop", "same", "1"));
        placement.target(first, state);
        placement.target(second, state);
        String path = "/clusters/*/api/v1/namespaces/shop/configmaps";
        // When, then
        Until.holds("both are listed", () -> {
            List<String> names = get(path)
                    .path("items")
                    .valueStream()
                    .map(item -> item.at("/metadata/name").asString(""))
                    .toList();
            return names.contains(first.name() + ".same") && names.contains(second.name() + ".same");
        });
        assertThat(get(path + "/" + first.name() + ".same")
                        .at("/metadata/labels/edge-mc.io~1cluster")
                        .asString())
                .isEqualTo(first.name());
    }

    @Test
    void a_watch_tells_each_change_of_a_target_with_a_position_of_its_own() {
        // Given
        Cluster cluster = placement.cluster("watch");
        placement.target(
                cluster,
                placement.state(TestPlacement.configMap("shop", "a", "1"), TestPlacement.configMap("shop", "b", "1")));
        Until.holds("listed", () -> get(path(cluster, "")).path("items").size() == 2);
        String version = get(path(cluster, "")).at("/metadata/resourceVersion").asString("");
        List<JsonNode> events = new CopyOnWriteArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            CompletableFuture<HttpResponse<Void>> watch = client.sendAsync(
                    admin.request(path(cluster, "?watch=true&resourceVersion=" + version))
                            .build(),
                    HttpResponse.BodyHandlers.fromLineSubscriber(
                            new LineSink(line -> events.add(ApiJson.MAPPER.readTree(line)))));
            // When
            placement.target(
                    cluster,
                    placement.state(
                            TestPlacement.configMap("shop", "a", "2"), TestPlacement.configMap("shop", "c", "1")));
            // Then
            Until.holds("three events", () -> events.size() >= 3);
            assertThat(events.stream()
                            .map(event -> event.path("type").asString("") + " "
                                    + event.at("/object/metadata/name").asString("")))
                    .containsExactly("MODIFIED a", "DELETED b", "ADDED c");
            assertThat(events.stream()
                            .map(event -> Long.parseLong(
                                    event.at("/object/metadata/resourceVersion").asString("")))
                            .distinct())
                    .hasSize(3)
                    .isSorted();
            client.shutdownNow();
            watch.cancel(true);
        }
    }

    @Test
    void nothing_can_be_written_and_nothing_of_a_mailbox_itself_is_shown() {
        // Given
        Cluster cluster = placement.cluster("ro");
        // When
        HttpResponse<String> answer = admin.post(
                path(cluster, ""), TestPlacement.configMap("shop", "x", "1").toString());
        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(admin.get("/clusters/" + cluster.uid() + "/api").statusCode())
                .isEqualTo(404);
        assertThat(admin.get("/clusters/nobody/api").statusCode()).isEqualTo(404);
    }

    @Test
    void values_of_secrets_are_not_shown() {
        // Given
        Cluster cluster = placement.cluster("secret");
        placement.target(cluster, placement.state(TestPlacement.secret("shop", "s", "canary")));
        String path = "/clusters/" + cluster.name() + "/api/v1/namespaces/shop/secrets/s";
        // When
        Until.holds("shown", () -> admin.get(path).statusCode() == 200);
        // Then
        assertThat(admin.get(path).body()).doesNotContain("canary");
    }
}
