package io.edgemc.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.edgemc.api.json.ApiJson;
import io.edgemc.door.servlet.Traceparent;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The gateway over real TLS, with a real HTTP service behind it. */
class GatewayTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static RunningGateway gateway;
    private static SilentService silent;

    @BeforeAll
    static void start() throws Exception {
        silent = new SilentService();
        gateway = new RunningGateway(
                "--edge-mc.gateway.max-body=100KB",
                "--edge-mc.gateway.services.mailbox=" + silent.uri(),
                // Nothing listens there.
                "--edge-mc.gateway.services.summarizer=http://127.0.0.1:1");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gateway.get("/readyz", "").statusCode() == 200);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        silent.close();
    }

    @Test
    void aRequestReachesItsServiceWithWhoAsks() throws Exception {
        // When
        HttpResponse<String> response = gateway.client.send(
                gateway.request("/spaces/common/api/v1/configmaps?labelSelector=a%3Db&limit=5", "eve-token")
                        .header(Traceparent.HEADER, TRACE)
                        .header("Accept-Encoding", "gzip")
                        .header("X-Edge-Mc-Identity", "forged")
                        .header("X-Forwarded-For", "1.2.3.4")
                        .header("X-Remote-User", "root")
                        .header("Forwarded", "for=1.2.3.4")
                        .header("Cookie", "a=b")
                        .build(),
                BodyHandlers.ofString());

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode echo = ApiJson.MAPPER.readTree(response.body());
        assertThat(echo.path("uri").asString())
                .isEqualTo("/spaces/common/api/v1/configmaps?labelSelector=a%3Db&limit=5");
        assertThat(echo.path("user").asString()).isEqualTo("eve");
        assertThat(echo.path("roles").asString()).isEqualTo("[SPACE_EDITOR]");
        assertThat(echo.path("headers").path("traceparent").asString()).isEqualTo(TRACE);
        assertThat(echo.path("headers").path("accept-encoding").asString()).isEqualTo("gzip");
        assertThat(echo.path("headers").propertyNames())
                .doesNotContain("authorization", "cookie", "forwarded", "x-forwarded-for", "x-remote-user");
        assertThat(response.headers().firstValue("X-Request-Id"))
                .hasValue(echo.path("requestId").asString());
        assertThat(response.headers().firstValue("X-Edge-Mc-Secret")).isEmpty();
        assertThat(response.headers().firstValue("X-Kubernetes-Pf-Flowschema-Uid"))
                .hasValue("kept");
    }

    @ParameterizedTest
    @CsvSource({"0", "10", "70000", "100000"})
    void bodiesArriveWhole(int length) throws Exception {
        HttpResponse<String> response =
                gateway.send("POST", "/spaces/common/api/v1/namespaces/n/configmaps", "eve-token", "x".repeat(length));
        assertThat(ApiJson.MAPPER.readTree(response.body()).path("length").asInt())
                .isEqualTo(length);
    }

    @Test
    void aBodyOfUnknownLengthArrivesWholeOrIsTooLarge() throws Exception {
        assertThat(chunked(90_000).body()).contains("\"length\":90000");
        assertThat(chunked(300_000).statusCode()).isEqualTo(413);
    }

    private static HttpResponse<String> chunked(int length) throws Exception {
        return gateway.client.send(
                gateway.request("/spaces/common/api/v1/namespaces/n/configmaps", "eve-token")
                        .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[length])))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        HttpResponse<String> response =
                gateway.send("POST", "/spaces/common/api/v1/namespaces/n/configmaps", "eve-token", "x".repeat(200_000));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("RequestEntityTooLarge");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wrong",
                "old-token",
                "root-token2",
                // What a space may hold in Secrets as credentials of a cluster: a bootstrap token, a service account's.
                "abcdef.0123456789abcdef",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6ZGVmYXVsdDpkZWZhdWx0In0."
            })
    void whoProvesNothingGetsNothing(String token) throws Exception {
        HttpResponse<String> response = gateway.get("/inventory/api", token);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(ApiJson.MAPPER.readTree(response.body()).path("reason").asString())
                .isEqualTo("Unauthorized");
    }

    @ParameterizedTest
    @CsvSource({"/healthz, 200", "/livez, 200", "/readyz, 200", "/version, 200", "/actuator/health, 401", "/, 401"})
    void whatEverybodyMayAsk(String path, int status) throws Exception {
        assertThat(gateway.get(path, "").statusCode()).isEqualTo(status);
    }

    @Test
    void whoRunsTheHubSeesHowTheGatewayIs() throws Exception {
        // When
        HttpResponse<String> metrics = gateway.get("/actuator/prometheus", "root-token");

        // Then
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .containsPattern("edgemc_queue_age_seconds\\{[^}]*queue=\"gateway-audit\"")
                .containsPattern("edgemc_queue_size\\{[^}]*queue=\"gateway-audit\"");
        assertThat(gateway.get("/actuator/health/readiness", "root-token").statusCode())
                .isEqualTo(200);
        assertThat(gateway.get("/actuator/prometheus", "eve-token").statusCode())
                .isEqualTo(403);
        assertThat(gateway.get("/actuator/env", "root-token").statusCode()).isEqualTo(404);
    }

    @Test
    void aForbiddenSpaceLooksLikeOneThatIsNotThere() throws Exception {
        // When
        HttpResponse<String> forbidden = gateway.get("/spaces/special/api/v1/configmaps", "eve-token");
        HttpResponse<String> missing = gateway.get("/spaces/missing/api/v1/configmaps", "eve-token");

        // Then
        assertThat(forbidden.statusCode()).isEqualTo(404);
        assertThat(forbidden.body().replace("special", "missing")).isEqualTo(missing.body());
        assertThat(gateway.get("/spaces/missing/api/v1/configmaps", "root-token")
                        .body())
                .isEqualTo(missing.body());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api",
        "GET, /apis/apps/v1",
        "GET, /openapi/v3",
        "GET, /api/v1/namespaces/n/secrets/s",
        "GET, /api/v1/pods?watch=true",
        "GET, /nowhere/at/all",
        "POST, /api/v1/namespaces/n/configmaps",
        "PUT, /api/v1/namespaces/n/configmaps/c",
        "PATCH, /apis/apps/v1/namespaces/n/deployments/d",
        "DELETE, /api/v1/namespaces/n",
        "POST, /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    })
    void whateverIsAskedAForbiddenSpaceAnswersLikeOneThatIsNotThere(String method, String path) throws Exception {
        // Given
        long asked = gateway.placement.requests.get();

        // When
        HttpResponse<String> forbidden = gateway.send(method, "/spaces/special" + path, "eve-token", "{}");
        HttpResponse<String> missing = gateway.send(method, "/spaces/missing" + path, "eve-token", "{}");

        // Then the answers are the same, and no service was asked, whose work could tell by its time
        assertThat(forbidden.statusCode()).isEqualTo(missing.statusCode()).isEqualTo(404);
        assertThat(forbidden.body().replace("special", "missing")).isEqualTo(missing.body());
        assertThat(forbidden.headers().map().keySet())
                .isEqualTo(missing.headers().map().keySet());
        assertThat(gateway.placement.requests.get()).isEqualTo(asked);
    }

    @Test
    void aForbiddenVerbIsSaidInTheWordsOfKubernetes() throws Exception {
        HttpResponse<String> response =
                gateway.send("DELETE", "/spaces/common/api/v1/namespaces/n/configmaps/c", "vic-token", "");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(ApiJson.MAPPER.readTree(response.body()).path("message").asString())
                .isEqualTo("configmaps \"c\" is forbidden: User \"vic\" cannot delete resource \"configmaps\" in API"
                        + " group \"\" in the namespace \"n\" of space \"common\"");
    }

    @ParameterizedTest
    @CsvSource({
        "eve-token, create, '', configmaps, true",
        "eve-token, delete, apps, deployments, true",
        "eve-token, create, rbac.authorization.k8s.io, roles, false",
        "vic-token, get, '', configmaps, true",
        "vic-token, get, '', secrets, false",
        "vic-token, create, '', configmaps, false",
        "root-token, '*', '*', '*', true",
    })
    void canITellsTheTruth(String token, String verb, String group, String resource, boolean allowed) throws Exception {
        String review = """
                {"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","spec":{"resourceAttributes":
                {"verb":"%s","group":"%s","resource":"%s","namespace":"n"}}}""".formatted(verb, group, resource);
        HttpResponse<String> response = gateway.send(
                "POST", "/spaces/common/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", token, review);
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(ApiJson.MAPPER
                        .readTree(response.body())
                        .path("status")
                        .path("allowed")
                        .asBoolean())
                .isEqualTo(allowed);
    }

    @Test
    void whoAmI() throws Exception {
        HttpResponse<String> response = gateway.send(
                "POST", "/spaces/common/apis/authentication.k8s.io/v1/selfsubjectreviews", "eve-token", "{}");
        assertThat(ApiJson.MAPPER
                        .readTree(response.body())
                        .path("status")
                        .path("userInfo")
                        .path("username")
                        .asString())
                .isEqualTo("eve");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/spaces/common/../special/api",
                "/spaces/common/%2e%2e/special/api",
                "/spaces/common%2fapi",
                "/spaces/common%5capi",
                "/spaces//common/api",
                "/spaces/common/api%00",
                "/spaces/common;x/api",
                "/../etc/passwd"
            })
    void aPathThatClimbsIsRefused(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer root-token\r\n"
                + "Connection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("\"kind\":\"Status\"")
                .doesNotContain("Tomcat");
    }

    @Test
    void impersonationIsRefused() throws Exception {
        HttpResponse<String> response = gateway.client.send(
                gateway.request("/inventory/api", "root-token")
                        .header("Impersonate-User", "eve")
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void whoMakesASpaceFindsItAtOnce() throws Exception {
        // When
        HttpResponse<String> made =
                gateway.send("POST", "/system/apis/edge-mc.io/v1alpha1/spaces", "root-token", "brand-new");

        // Then
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(gateway.get("/spaces/brand-new/api", "root-token").statusCode())
                .isEqualTo(200);
    }

    @Test
    void mutationsAndRefusalsAreOnRecordWithoutBodiesAndTokens() throws Exception {
        // When
        HttpResponse<String> done = gateway.send(
                "POST", "/spaces/common/api/v1/namespaces/n/secrets", "eve-token", "{\"canary\":\"c4n4ry\"}");
        gateway.send("PUT", "/spaces/special/api/v1/namespaces/n/secrets/s", "eve-token", "c4n4ry");

        // Then
        String requestId = done.headers().firstValue("X-Request-Id").orElseThrow();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> gateway.audit().contains("/spaces/special/api/v1/namespaces/n/secrets/s"));
        JsonNode line = gateway.audit()
                .lines()
                .filter(text -> text.contains(requestId))
                .map(text -> ApiJson.MAPPER.readTree(text))
                .filter(record -> record.path("stage").asString().equals("answered"))
                .findFirst()
                .orElseThrow();
        assertThat(line.path("user").asString()).isEqualTo("eve");
        assertThat(line.path("verb").asString()).isEqualTo("create");
        assertThat(line.path("object").asString()).isEqualTo("/spaces/common/api/v1/namespaces/n/secrets");
        assertThat(line.path("decision").asString()).isEqualTo("allowed");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(gateway.audit()).doesNotContain("c4n4ry", "eve-token");
    }

    @Test
    void aMutationIsOnTheDiskBeforeItsAnswerGoesOut() throws Exception {
        for (int i = 0; i < 20; i++) {
            // When
            HttpResponse<String> done =
                    gateway.send("POST", "/spaces/common/api/v1/namespaces/n/secrets", "eve-token", "{}");

            // Then nothing has to be waited for
            assertThat(done.statusCode()).isEqualTo(200);
            assertThat(gateway.audit())
                    .contains(done.headers().firstValue("X-Request-Id").orElseThrow());
        }
    }

    @Test
    void whoIsNotKnownFillsAnotherFile() throws Exception {
        // When
        HttpResponse<String> refused =
                gateway.send("POST", "/spaces/common/api/v1/namespaces/n/secrets", "no-such-token", "{}");

        // Then
        assertThat(refused.statusCode()).isEqualTo(401);
        String requestId = refused.headers().firstValue("X-Request-Id").orElseThrow();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> gateway.anonymousAudit().contains(requestId));
        assertThat(gateway.audit()).doesNotContain(requestId);
    }

    @Test
    void aWatchPassesAtOnce() throws Exception {
        // Given
        HttpResponse<InputStream> watch = gateway.client.send(
                gateway.request("/spaces/common/api/v1/configmaps?watch=true", "eve-token")
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(watch.statusCode()).isEqualTo(200);

        // When
        gateway.placement.stream.add("{\"type\":\"ADDED\"}");

        // Then
        byte[] seen = new byte[0];
        while (!new String(seen, StandardCharsets.UTF_8).contains("ADDED")) {
            byte[] more = new byte[64];
            int read = watch.body().read(more);
            assertThat(read).isPositive();
            seen = (new String(seen, StandardCharsets.UTF_8) + new String(more, 0, read, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
        }
        watch.body().close();
    }

    @Test
    void aClientThatLeavesAnIdleWatchIsNoticed() throws Exception {
        // Given a watch on which nothing comes
        Socket client = gateway.tls.trust().getSocketFactory().createSocket("127.0.0.1", gateway.port);
        client.getOutputStream()
                .write(
                        "GET /clusters/florin/api/v1/pods?watch=1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer root-token\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(client.getInputStream().read()).isEqualTo('H');

        // When
        client.close();

        // Then
        assertThat(silent.hungUp.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aServiceThatIsAwayIsSaidSo() throws Exception {
        HttpResponse<String> response = gateway.get("/summaries/by-policy", "root-token");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("upstream-unavailable").doesNotContain("127.0.0.1");
    }

    @Test
    void aServiceThatIsNotThereIsNotFound() throws Exception {
        assertThat(gateway.get("/c2p/apis", "root-token").statusCode()).isEqualTo(404);
    }

    private static String raw(String request) throws Exception {
        try (Socket socket = gateway.tls.trust().getSocketFactory().createSocket("127.0.0.1", gateway.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
