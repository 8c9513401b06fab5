package io.edgemc.placement;

import static io.edgemc.placement.space.Replica.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.placement.RunningService.Answer;
import io.edgemc.servers.testing.TestKafka;
import io.edgemc.servers.testing.TestPostgres;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is in one space has no effect in another, and what a space may hold and do is bounded. */
class IsolationTest {
    private static final String CRD = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              scope: %s
              names: {plural: widgets, singular: widget, kind: Widget, shortNames: [%s]}
              versions:
              - name: v1
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: %s}}}}}}
            """;

    private static RunningService service;
    private static PlacementClient hub;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        service = new RunningService(
                TestPostgres.freshDatabase(),
                TestKafka.bootstrapServers(),
                folder,
                "--edge-mc.placement.space-quota.objects=6",
                "--edge-mc.placement.space-quota.size=20KB",
                "--edge-mc.placement.space-quota.watches=2");
        hub = new PlacementClient(service);
        await(() -> hub.status("/actuator/health/readiness") == 200);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void oneNameInTwoSpacesIsTwoObjects() throws Exception {
        // Given
        for (String space : List.of("left", "right")) {
            hub.space(space);
            hub.create(maps(space), PlacementClient.configMap("same"));
        }
        String left = hub.get(maps("left") + "/same").at("/metadata/uid").asString();

        // When
        service.call("PATCH", maps("left") + "/same", "{\"data\":{\"a\":\"left\"}}", "application/merge-patch+json");
        Answer precondition = service.call(
                "DELETE",
                maps("right") + "/same",
                "{\"preconditions\":{\"uid\":\"" + left + "\"}}",
                "application/json");

        // Then
        assertThat(precondition.status()).isEqualTo(409);
        assertThat(hub.get(maps("right") + "/same").at("/data/a").asString()).isEqualTo("b");
        assertThat(hub.get(maps("left") + "/same").at("/data/a").asString()).isEqualTo("left");
        service.call("DELETE", maps("left") + "/same", null, "application/json");
        assertThat(hub.status(maps("right") + "/same")).isEqualTo(200);
    }

    @Test
    void aCrdOfOneSpaceDefinesNothingInAnother() throws Exception {
        // Given two that mean different things by one name, and a space without
        String crds = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        for (String space : List.of("texts", "numbers", "neither")) {
            hub.space(space);
        }
        hub.create("/spaces/texts" + crds, CRD.formatted("Namespaced", "wt", "string"));
        hub.create("/spaces/numbers" + crds, CRD.formatted("Cluster", "wn", "integer"));

        // When, then
        String texts = "/spaces/texts/apis/example.com/v1/namespaces/default/widgets";
        String numbers = "/spaces/numbers/apis/example.com/v1/widgets";
        String widget = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: %s}\n";
        assertThat(service.post(texts, widget.formatted("large")).status()).isEqualTo(201);
        assertThat(service.post(numbers, widget.formatted("large")).status()).isEqualTo(422);
        assertThat(service.post(numbers, widget.formatted("3")).status()).isEqualTo(201);
        assertThat(service.get("/spaces/neither/apis/example.com/v1/widgets").status())
                .isEqualTo(404);
        assertThat(service.get("/spaces/neither/apis/example.com").status()).isEqualTo(404);
        assertThat(service.get("/spaces/neither" + crds).body().path("items").size())
                .isZero();
        assertThat(shortNames("texts")).contains("wt").doesNotContain("wn");
        assertThat(shortNames("numbers")).contains("wn").doesNotContain("wt");

        // When one is gone
        service.call("DELETE", "/spaces/texts" + crds + "/widgets.example.com", null, "application/json");

        // Then the other stays
        await(() -> hub.status("/spaces/texts/apis/example.com/v1/widgets") == 404);
        assertThat(hub.get(numbers + "/w").at("/spec/size").asInt()).isEqualTo(3);
    }

    private static String shortNames(String space) {
        return hub.get("/spaces/" + space + "/apis/example.com/v1")
                .path("resources")
                .toString();
    }

    @Test
    void aWatchSeesItsOwnSpaceOnly() throws Exception {
        // Given
        hub.space("watched");
        hub.space("busy");
        String version =
                hub.get(maps("watched")).at("/metadata/resourceVersion").asString();
        hub.create(maps("busy"), PlacementClient.configMap("elsewhere"));
        hub.create(maps("watched"), PlacementClient.configMap("here"));

        // When
        byte[] events;
        try (InputStream stream =
                service.watch(maps("watched") + "?watch=1&timeoutSeconds=1&resourceVersion=" + version)) {
            events = stream.readAllBytes();
        }

        // Then
        assertThat(new String(events, java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"here\"")
                .doesNotContain("elsewhere");
    }

    @Test
    void aFullSpaceSaysWhichLimitAndHoldsUpNobody() throws Exception {
        // Given: the default namespace is one
        hub.space("full");
        for (int i = 0; i < 5; i++) {
            hub.create(maps("full"), PlacementClient.configMap("m" + i));
        }

        // When
        Answer refused = service.post(maps("full"), PlacementClient.configMap("more"));

        // Then
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("reason").asString()).isEqualTo("Forbidden");
        assertThat(refused.message())
                .isEqualTo("configmaps \"more\" is forbidden: exceeded quota: space, requested: objects=1,"
                        + " used: objects=6, limited: objects=6");
        assertThat(refused.body().at("/details/name").asString()).isEqualTo("more");
        assertThat(refused.body().at("/details/kind").asString()).isEqualTo("configmaps");
        assertThat(hub.status(maps("full") + "/more")).isEqualTo(404);

        // And another has room, what is there can be changed, and the metric tells
        hub.space("empty");
        hub.create(maps("empty"), PlacementClient.configMap("more"));
        assertThat(service.call(
                                "PATCH",
                                maps("full") + "/m0",
                                "{\"data\":{\"a\":\"c\"}}",
                                "application/merge-patch+json")
                        .status())
                .isEqualTo(200);
        assertThat(service.text("/actuator/prometheus")).contains("edgemc_space_fill{limit=\"objects\"} 1.0");

        // When room is made, also for what waits for its finalizer
        service.call("DELETE", maps("full") + "/m0", null, "application/json");

        // Then
        hub.create(maps("full"), PlacementClient.configMap("more"));
    }

    @Test
    void bytesAreLimitedToo() throws Exception {
        // Given
        hub.space("heavy");
        hub.create(
                maps("heavy"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, finalizers: [example.com/wait]}\ndata: {a: "
                        + "x".repeat(15_000) + "}\n");

        // When
        Answer refused = service.post(
                maps("heavy"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {a: " + "x".repeat(8_000) + "}\n");
        Answer grown = service.call(
                "PATCH",
                maps("heavy") + "/a",
                "{\"data\":{\"b\":\"" + "x".repeat(8_000) + "\"}}",
                "application/merge-patch+json");

        // Then
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).contains("exceeded quota: space, requested: bytes=");
        assertThat(grown.status()).isEqualTo(403);
        assertThat(grown.message()).startsWith("configmaps \"a\" is forbidden: exceeded quota: space");

        // When it is deleted, and so marked, which makes it larger
        Answer marked = service.call("DELETE", maps("heavy") + "/a", null, "application/json");

        // Then
        assertThat(marked.status()).isEqualTo(200);
        assertThat(marked.body().at("/metadata/deletionTimestamp").asString("")).isNotEmpty();
        Answer released = service.call(
                "PATCH", maps("heavy") + "/a", "{\"metadata\":{\"finalizers\":null}}", "application/merge-patch+json");
        assertThat(released.status()).isEqualTo(200);
        assertThat(hub.status(maps("heavy") + "/a")).isEqualTo(404);
    }

    @Test
    void watchesAreLimitedPerSpace() throws Exception {
        // Given
        hub.space("seen");
        hub.space("unseen");
        try (InputStream one = service.watch(maps("seen") + "?watch=1");
                InputStream two = service.watch(maps("seen") + "?watch=1")) {
            // When
            Answer refused = service.get(maps("seen") + "?watch=1");

            // Then
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body().path("reason").asString()).isEqualTo("TooManyRequests");
            try (InputStream elsewhere = service.watch(maps("unseen") + "?watch=1")) {
                assertThat(List.of(one, two, elsewhere)).doesNotContainNull();
            }
        }
    }

    @Test
    void aSpaceThatIsGoneLooksLikeOneThatNeverWas() throws Exception {
        // Given
        hub.space("gone");
        hub.create(maps("gone"), PlacementClient.configMap("left"));
        service.call("DELETE", "/system/apis/edge-mc.io/v1alpha1/spaces/gone", null, "application/json");
        await(() -> hub.status("/system/apis/edge-mc.io/v1alpha1/spaces/gone") == 404);

        for (String path : List.of("/api", "/apis/apps/v1", "/api/v1/configmaps", "/api/v1/namespaces/default")) {
            // When
            Answer gone = service.get("/spaces/gone" + path);
            Answer never = service.get("/spaces/never" + path);

            // Then
            assertThat(gone.status()).isEqualTo(404);
            assertThat(gone).isEqualTo(never);
        }

        // When its name is used again
        hub.space("gone");

        // Then nothing of before is there
        JsonNode items = hub.get("/spaces/gone/api/v1/configmaps").path("items");
        assertThat(items.size()).isZero();
    }

    private static String maps(String space) {
        return "/spaces/" + space + "/api/v1/namespaces/default/configmaps";
    }
}
