package io.edgemc.placement;

import static io.edgemc.placement.space.Replica.await;

import io.edgemc.servers.testing.TestKafka;
import io.edgemc.servers.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on a database of its own, for the tests of one class. */
abstract class WholeServiceTest {
    static RunningService service;
    static PlacementClient hub;
    static TopicReader bus;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        service = new RunningService(TestPostgres.freshDatabase(), TestKafka.bootstrapServers(), folder);
        hub = new PlacementClient(service);
        await(() -> hub.status("/actuator/health/readiness") == 200);
        bus = new TopicReader(TestKafka.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        bus.close();
        service.close();
    }
}
