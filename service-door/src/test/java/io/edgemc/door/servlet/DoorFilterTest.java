package io.edgemc.door.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.json.ApiJson;
import io.edgemc.door.IdentityKeys;
import io.edgemc.door.IdentitySigner;
import io.edgemc.door.access.Role;
import io.edgemc.door.spring.DoorConfiguration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** A service with the door, called over real HTTP. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=placement-service",
            "spring.main.banner-mode=off",
            "edge-mc.door.key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        })
class DoorFilterTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Autowired
    IdentityKeys keys;

    @Value("${local.server.port}")
    int port;

    @Test
    void whoComesThroughTheGatewayIsKnown() throws Exception {
        // Given
        String header = new IdentitySigner(keys, Clock.systemUTC())
                .sign("jane", Set.of("dev"), Set.of(Role.SPACE_EDITOR), "r-1", "placement-service");

        // When
        HttpResponse<String> response = get("/spaces/a/hello", header);

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("jane [dev] [SPACE_EDITOR] r-1 " + TRACE);
    }

    @ParameterizedTest
    @CsvSource({
        "/spaces/a/hello, application/json, Unauthorized",
        "/c2p/v1/summary, application/json, Unauthorized",
        "/api/v1/plans, application/problem+json, identity-absent",
        "/actuator/env, application/problem+json, identity-absent",
        "/actuator/health/../env, application/problem+json, identity-absent",
    })
    void whoComesPastTheGatewayIsRefused(String path, String type, String said) throws Exception {
        // When
        HttpResponse<String> response = get(path, "");

        // Then
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("content-type")).hasValue(type);
        JsonNode body = ApiJson.MAPPER.readTree(response.body());
        assertThat(body.path(type.equals("application/json") ? "reason" : "code")
                        .asString())
                .isEqualTo(said);
    }

    @Test
    void aForgedHeaderIsRefused() throws Exception {
        assertThat(get("/spaces/a/hello", "e30.AAAA").statusCode()).isEqualTo(401);
    }

    @Test
    void healthIsOpen() throws Exception {
        // There is no actuator here: what matters is that the door let it pass.
        assertThat(get("/actuator/health", "").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path, String identity) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header(Traceparent.HEADER, TRACE);
            if (!identity.isEmpty()) {
                request.header(IdentitySigner.HEADER, identity);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(DoorConfiguration.class)
    static class Service {
        @RestController
        static class Hello {
            @GetMapping("/spaces/a/hello")
            String hello(jakarta.servlet.http.HttpServletRequest request) {
                Caller caller = Caller.of(request);
                return "%s %s %s %s %s"
                        .formatted(
                                caller.user(),
                                caller.groups(),
                                caller.roles(),
                                caller.requestId(),
                                caller.traceparent());
            }
        }
    }
}
