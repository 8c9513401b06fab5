package io.edgemc.placement.desired;

import static io.edgemc.placement.space.Replica.ANN;
import static io.edgemc.placement.space.Replica.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.placement.space.Bodies;
import io.edgemc.placement.space.Replica;
import io.edgemc.placement.space.ViewStore;
import io.edgemc.servers.testing.TestPostgres;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The status of a single copy on its source (the domain rules, §11 and invariant 6, monotone status). */
class ReturnedStatusTest {
    private static final String WANTED = "{\"wantSingletonReportedState\": true}";

    private PlacingHub hub;
    private ViewStore space;
    private String cluster;

    @BeforeEach
    void start() {
        hub = new PlacingHub(TestPostgres.freshDatabase(), Replica.keys());
        space = hub.space("shop");
        cluster = hub.cluster("edge", "prod");
        space.commit(hub.configMap("page"), ANN).join();
    }

    @AfterEach
    void stop() throws Exception {
        hub.close();
    }

    @Test
    void aStatusThatCameBeforeAnybodyAskedForItShowsAsSoonAsSomebodyDoes() {
        // Given
        hub.place(space, "prod", "{}");
        hub.report(seen(1, 1, "ready")).done().join();
        assertThat(shown()).isEmpty();

        // When
        hub.placeAnew(space, "prod", WANTED);

        // Then: without another report
        assertThat(shown()).isEqualTo("ready");
    }

    @Test
    void anOlderReportNeverOverwritesANewerOne() {
        // Given
        hub.place(space, "prod", WANTED);
        hub.report(seen(2, 5, "newest")).done().join();

        // When: older ones come after it, alone and in a batch, of its session and of an earlier one
        hub.report(seen(2, 4, "older")).done().join();
        hub.report(seen(1, 9, "earlier session")).done().join();
        hub.report(seen(2, 3, "much older"), seen(2, 5, "newest"), seen(2, 2, "oldest"))
                .done()
                .join();

        // Then
        assertThat(shown()).isEqualTo("newest");

        // When: the same in one batch with a newer one, which comes first
        hub.report(seen(2, 7, "seventh"), seen(2, 6, "sixth")).done().join();

        // Then
        assertThat(shown()).isEqualTo("seventh");
    }

    @Test
    void theStatusGoesWhenTheOneClusterSaysThatTheObjectIsGone() {
        // Given
        hub.place(space, "prod", WANTED);
        hub.report(seen(1, 1, "ready")).done().join();
        assertThat(shown()).isEqualTo("ready");

        // When
        hub.report(report(1, 2, null)).done().join();

        // Then
        assertThat(shown()).isEmpty();
        assertThat(source().at("/metadata/annotations/edge-mc.io~1status-from").isMissingNode())
                .isTrue();
    }

    private String shown() {
        return source().at("/status/phase").asString("");
    }

    private ObjectNode source() {
        return Bodies.parse(space.get(CONFIG_MAPS, "default", "page"));
    }

    private ObjectReport seen(long epoch, long sequence, String phase) {
        ObjectNode object = Replica.configMap("page", "x");
        object.putObject("status").put("phase", phase);
        return report(epoch, sequence, object);
    }

    private ObjectReport report(long epoch, long sequence, ObjectNode object) {
        return new ObjectReport(
                cluster,
                epoch,
                sequence,
                new ObjectKey("", "configmaps", "default", "page"),
                Origin.DOWNSYNC,
                1,
                object == null ? "" : "00",
                object == null,
                object,
                Instant.now().toString(),
                "");
    }
}
