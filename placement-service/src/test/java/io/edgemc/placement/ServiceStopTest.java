package io.edgemc.placement;

import static io.edgemc.placement.space.Replica.await;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.edgemc.servers.testing.TestKafka;
import io.edgemc.servers.testing.TestPostgres;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of the service. */
class ServiceStopTest {
    @Test
    void openWatchesComeToAProperEnd(@TempDir Path folder) throws Exception {
        // Given
        RunningService service = new RunningService(TestPostgres.freshDatabase(), TestKafka.bootstrapServers(), folder);
        await(() -> isReady(service));
        InputStream watch =
                service.watch("/inventory/apis/edge-mc.io/v1alpha1/clusters?watch=true&allowWatchBookmarks=true");

        // When
        CompletableFuture<Void> stop = CompletableFuture.runAsync(service::close);

        // Then its answer ends; one that is cut off would throw
        assertThatCode(watch::readAllBytes).doesNotThrowAnyException();
        stop.get(30, TimeUnit.SECONDS);
    }

    private static boolean isReady(RunningService service) {
        try {
            return service.get("/actuator/health/readiness").status() == 200;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
