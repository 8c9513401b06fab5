package io.edgemc.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The gateway's end: what would go on for ever is ended, what comes to an end is waited for. */
class GatewayStopTest {
    @Test
    void watchesEndAndWritesFinish() throws Exception {
        // Given an idle watch, and a write that its service has not answered yet
        try (SilentService silent = new SilentService()) {
            RunningGateway gateway = new RunningGateway("--edge-mc.gateway.services.mailbox=" + silent.uri());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.get("/readyz", "").statusCode() == 200);
            HttpResponse<InputStream> watch = gateway.client.send(
                    gateway.request("/clusters/florin/api/v1/pods?watch=1", "root-token")
                            .build(),
                    BodyHandlers.ofInputStream());
            CompletableFuture<HttpResponse<String>> write = gateway.client.sendAsync(
                    gateway.request("/spaces/common/api/v1/namespaces/n/configmaps/held", "eve-token")
                            .PUT(BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(gateway.placement.held.await(20, TimeUnit.SECONDS)).isTrue();

            // When
            CompletableFuture<Void> stop = CompletableFuture.runAsync(gateway::closeContext);

            // Then the watch comes to a proper end, while the write is still waited for
            assertThat(watch.body().readAllBytes()).isEmpty();
            assertThat(stop).isNotDone();
            gateway.placement.release.countDown();
            assertThat(write.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            stop.get(20, TimeUnit.SECONDS);
            gateway.close();
        }
    }
}
