package io.edgemc.c2p.service;

import static io.edgemc.c2p.service.RunningService.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.c2p.service.Fleet.Cluster;
import io.edgemc.door.access.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, what errors look like, and that neither shows anything of the inside. */
class DoorAndProblemsTest {
    private final RunningService service = RunningService.shared();
    private final Fleet fleet = new Fleet(service);

    @ParameterizedTest
    @ValueSource(
            strings = {"c2p-inventory", "c2p-content", "c2p-targets", "c2p-reports", "compliance", "c2p-parked-targets"
            })
    void everyQueueShowsTheAgeOfItsOldest(String queue) {
        String metrics = service.send(HttpRequest.newBuilder(URI.create(service.url() + "/actuator/prometheus")))
                .body();
        assertThat(metrics).containsPattern("edgemc_queue_age_seconds\\{[^}]*queue=\"" + queue + "\"");
    }

    @Test
    void whoComesPastTheGatewayIsRefused() {
        // When
        HttpResponse<String> answer =
                service.send(HttpRequest.newBuilder(URI.create(service.url() + "/c2p/v1/summary/by-policy")));

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void theServiceIsReadyWhenItHasReadWhatWasThere() {
        // Then
        eventually()
                .until(() ->
                        service.send(HttpRequest.newBuilder(URI.create(service.url() + "/actuator/health/readiness")))
                                        .statusCode()
                                == 200);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "POST  , /c2p/apis/wgpolicyk8s.io/v1alpha2/namespaces/x/policyreports  , 405, MethodNotAllowed",
        "PUT   , /c2p/apis/wgpolicyk8s.io/v1alpha2/namespaces/x/policyreports/y, 405, MethodNotAllowed",
        "PATCH , /c2p/apis/wgpolicyk8s.io/v1alpha2/namespaces/x/policyreports/y, 405, MethodNotAllowed",
        "DELETE, /c2p/apis/kyverno.io/v1/clusterpolicies/y                     , 405, MethodNotAllowed",
        "GET   , /c2p/apis/wgpolicyk8s.io/v1alpha2/namespaces/x/policyreports/y, 404, NotFound",
        "GET   , /c2p/clusters/nobody/apis                                     , 404, NotFound",
        "GET   , /c2p/apis/apps/v1/deployments                                 , 404, 404 page not found",
    })
    void theViewsCannotBeWrittenAndSayWhatIsNotThere(String method, String path, int status, String says) {
        // When
        HttpResponse<String> answer = service.send(method, path, "{}", Role.PLATFORM_ADMIN);

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        boolean json = answer.headers().firstValue("content-type").orElse("").startsWith("application/json");
        assertThat(json ? ApiJson.MAPPER.readTree(answer.body()).path("reason").asString("") : answer.body())
                .startsWith(says);
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3} {4}")
    @CsvSource({
        "GET , /c2p/v1/summary/by-policy?limit=0   , ''          , 400, bad-limit",
        "GET , /c2p/v1/summary/by-policy?limit=many, ''          , 400, bad-request",
        "GET , /c2p/v1/summary/by-colour           , ''          , 404, not-found",
        "POST, /c2p/v1/summary/by-policy           , ''          , 405, method-not-allowed",
        "GET , /c2p/v1/component-definitions/none  , ''          , 404, definition-not-found",
        "PUT , /c2p/v1/component-definitions/NO    , {}          , 400, bad-id",
        "PUT , /c2p/v1/component-definitions/x     , 'a: b'      , 400, not-json",
        "PUT , /c2p/v1/component-definitions/x     , {}          , 422, invalid-definition",
    })
    void problemsHaveAStableCode(String method, String path, String body, int status, String code) {
        // When
        HttpResponse<String> answer = service.send(method, path, body, Role.COMPLIANCE_OFFICER);

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(ApiJson.MAPPER.readTree(answer.body()).path("code").asString(""))
                .isEqualTo(code);
    }

    @Test
    void definitionsAreChangedByOfficersOnly() {
        // When, Then
        assertThat(service.send("PUT", "/c2p/v1/component-definitions/x", "{}", Role.COMPLIANCE_READER)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void tooLargeOrTooDeepDefinitionsAreRefused() {
        // When, Then
        assertThat(service.send(
                                "PUT",
                                "/c2p/v1/component-definitions/x",
                                " ".repeat((8 << 20) + 1),
                                Role.PLATFORM_ADMIN)
                        .statusCode())
                .isEqualTo(413);
        assertThat(service.send("PUT", "/c2p/v1/component-definitions/x", "[".repeat(5_000), Role.PLATFORM_ADMIN)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void nothingOfTheInsideShows() {
        // Given
        Cluster cluster = fleet.cluster("sealed-lips");
        fleet.place(cluster, false, List.of(Objects.clusterPolicy("hushed")));
        fleet.report(cluster, Objects.report("shop", "web", "hushed", "fail"));
        eventually()
                .until(() -> service.row("by-policy", "policy", "hushed")
                        .path("state")
                        .asString("")
                        .equals("fail"));

        // When
        for (String path : List.of(
                "/c2p/v1/summary/by-policy",
                "/c2p/v1/summary/by-cluster",
                "/c2p/v1/summary/by-control",
                "/c2p/v1/summary/by-cluster?limit=1",
                "/c2p/v1/summary/by-cluster?after=%00",
                "/c2p/v1/nothing",
                "/c2p/apis",
                "/c2p/apis/wgpolicyk8s.io/v1alpha2/policyreports",
                "/c2p/apis/wgpolicyk8s.io/v1alpha2/policyreports?resourceVersion=1",
                "/c2p/apis/kyverno.io/v1/clusterpolicies",
                "/c2p/api/v1/namespaces",
                "/c2p/clusters/sealed-lips/apis/wgpolicyk8s.io/v1alpha2/policyreports",
                "/c2p/clusters/no-such/apis/wgpolicyk8s.io/v1alpha2/policyreports")) {
            service.send("GET", path, "", Role.AUDITOR);
        }

        // Then
        List<String> words = new java.util.ArrayList<>(List.of(
                cluster.uid(),
                "127.0.0.1",
                "localhost",
                "mailbox",
                "postgres",
                "kafka",
                "policy_state",
                "object_version",
                "io.edgemc",
                "java.",
                "select "));
        Topics.all().forEach(topic -> words.add(topic.topic()));
        for (String answer : service.answers) {
            assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain(words.toArray(String[]::new));
        }
    }
}
