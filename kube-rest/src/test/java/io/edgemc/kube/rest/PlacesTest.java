package io.edgemc.kube.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.facts.BuiltInKinds;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.store.memory.MemoryStore;
import io.edgemc.kube.testing.Eventually;
import io.edgemc.kube.testing.ViewServer;
import io.edgemc.kube.view.KubeView;
import io.edgemc.kube.view.ViewLimits;
import io.edgemc.kube.view.ViewSettings;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How much of one view is at work at a time. */
class PlacesTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir
    Path directory;

    private ViewServer server;
    private KubeView narrow;
    private HttpClient http;

    @BeforeEach
    void start() throws Exception {
        server = new ViewServer(directory);
        server.space("wide");
        KindCatalog catalog = new KindCatalog(BuiltInKinds.all(), List::of, true);
        narrow = server.view(
                "narrow", ViewSettings.of(new MemoryStore(), catalog).withLimits(new ViewLimits(2, 1)));
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() throws Exception {
        // Some tests leave watches open.
        http.shutdownNow();
        server.close();
    }

    @Test
    void oneWatchTooManyIsToldToComeBackLater() throws Exception {
        // Given
        InputStream first = watch("narrow").body();
        InputStream second = watch("narrow").body();

        // When
        HttpResponse<String> refused = server.send("GET", "narrow", MAPS + "?watch=1", "");

        // Then
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        JsonNode status = JsonMapper.shared().readTree(refused.body());
        assertThat(status.path("reason").asString()).isEqualTo("TooManyRequests");
        assertThat(status.at("/details/retryAfterSeconds").asInt()).isEqualTo(1);
        assertThat(status.path("message").asString()).contains("limit of 2 open watches");

        // And others go on: lists here, watches elsewhere
        assertThat(server.send("GET", "narrow", MAPS, "").statusCode()).isEqualTo(200);
        try (InputStream elsewhere = watch("wide").body()) {
            assertThat(elsewhere).isNotNull();
        }

        // When one ends
        first.close();
        server.send("POST", "narrow", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"default\"}}");

        // Then its place is free, once its server has noticed
        Eventually.holds(() -> {
            server.send("POST", "narrow", MAPS, "{\"metadata\":{\"generateName\":\"n\"}}");
            HttpResponse<String> third = server.send("GET", "narrow", MAPS + "?watch=1&timeoutSeconds=1", "");
            assertThat(third.statusCode()).isEqualTo(200);
        });
        second.close();
    }

    @Test
    void oneRequestTooManyIsToldToComeBackLater() throws Exception {
        // Given a request that has not said all that it wants
        URI address = server.address("narrow");
        try (Socket slow = new Socket(address.getHost(), address.getPort())) {
            slow.getOutputStream()
                    .write(("POST " + address.getPath() + "/api/v1/namespaces HTTP/1.1\r\nHost: x\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            Eventually.holds(() -> assertThat(narrow.requestsInFlight()).isEqualTo(1));

            // When
            HttpResponse<String> refused = server.send("GET", "narrow", "/api", "");

            // Then
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(refused.body()).contains("limit of 1 requests in flight");
            assertThat(watch("narrow").statusCode()).isEqualTo(200);
            assertThat(server.send("GET", "wide", "/api", "").statusCode()).isEqualTo(200);
        }

        // When it is over
        Eventually.holds(() -> assertThat(narrow.requestsInFlight()).isZero());

        // Then
        assertThat(server.send("GET", "narrow", "/api", "").statusCode()).isEqualTo(200);
    }

    @Test
    void whateverBecomesOfARequestItsPlaceIsGivenBack() throws Exception {
        for (String path :
                List.of("/nowhere", "/api", MAPS + "?watch=1&resourceVersion=x", MAPS + "?limit=x", MAPS + "/none")) {
            for (String method : List.of("GET", "HEAD", "PUT", "POST", "DELETE", "TRACE")) {
                // When
                HttpResponse<String> answer = server.send(method, "narrow", path, "{");

                // Then
                assertThat(answer.statusCode()).as(method + " " + path).isNotEqualTo(429);
                // An answer arrives before its end is noticed by who gave it.
                Eventually.holds(() -> assertThat(narrow.requestsInFlight() + narrow.openWatches())
                        .as(method + " " + path)
                        .isZero());
            }
        }
    }

    private HttpResponse<InputStream> watch(String space) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address(space) + MAPS + "?watch=1"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }
}
