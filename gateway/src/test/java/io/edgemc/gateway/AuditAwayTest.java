package io.edgemc.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be put on record is not done. */
class AuditAwayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void withoutItsAuditLogAGatewayReadsAndWritesNothing(@TempDir Path folder) throws Exception {
        // Given a folder whose name is taken by a file
        Path taken = folder.resolve("audit");
        Files.writeString(taken, "");
        try (RunningGateway gateway = new RunningGateway(folder)) {

            // When somebody writes, the log turns out not to be writable
            await().atMost(PATIENCE).untilAsserted(() -> {
                HttpResponse<String> refused = write(gateway);
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body()).contains("the audit log cannot be written");
            });

            // Then writes are refused, do not even reach the service, and reads do
            long before = gateway.placement.writes.get();
            assertThat(write(gateway).statusCode()).isEqualTo(503);
            assertThat(gateway.placement.writes).hasValue(before);
            assertThat(gateway.get("/spaces/common/api/v1/configmaps", "eve-token")
                            .statusCode())
                    .isEqualTo(200);

            // When the log can be written again
            Files.delete(taken);

            // Then so can everything else
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(write(gateway).statusCode()).isEqualTo(200));
        }
    }

    private static HttpResponse<String> write(RunningGateway gateway) throws Exception {
        return gateway.send("POST", "/spaces/common/api/v1/namespaces/n/configmaps", "eve-token", "{}");
    }
}
