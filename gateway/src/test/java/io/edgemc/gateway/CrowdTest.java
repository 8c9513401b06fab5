package io.edgemc.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who asks for more than one's share waits, and nobody else does. */
class CrowdTest {
    private static final String HELD = "/spaces/common/api/v1/namespaces/n/configmaps/held";
    private static final String OTHER = "/spaces/common/api/v1/namespaces/n/configmaps/other";

    @Test
    void oneTooManyOfAUserIsToldWhenToComeAgainAndPutOnRecord() throws Exception {
        try (RunningGateway gateway = new RunningGateway("--edge-mc.gateway.per-user.in-flight=1")) {
            // Given a user whose only place is taken
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.get("/readyz", "").statusCode() == 200);
            CompletableFuture<HttpResponse<String>> first = gateway.client.sendAsync(
                    gateway.request(HELD, "eve-token")
                            .PUT(BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(gateway.placement.held.await(20, TimeUnit.SECONDS)).isTrue();

            // When
            HttpResponse<String> second = gateway.send("PUT", OTHER, "eve-token", "{}");
            HttpResponse<String> another = gateway.send("PUT", OTHER, "root-token", "{}");

            // Then
            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.headers().firstValue("Retry-After")).contains("1");
            assertThat(second.body()).contains("too many requests by eve");
            assertThat(another.statusCode()).isEqualTo(200);
            String id = second.headers().firstValue("X-Request-Id").orElseThrow();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(gateway.audit().lines())
                            .anyMatch(line -> line.contains(id) && line.contains("429")));

            // And the place is free again afterwards
            gateway.placement.release.countDown();
            assertThat(first.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.send("PUT", OTHER, "eve-token", "{}").statusCode() == 200);
        }
    }
}
