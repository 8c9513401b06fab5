package io.edgemc.mailbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestTargets;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What metrics say of deliveries. */
class DeliveryMetersTest {
    private final TestPlacement placement = new TestPlacement();

    @Test
    void the_lag_runs_from_the_write_in_the_space_to_the_first_acknowledgement() {
        // Given a write of five seconds ago
        Timer applied = TestHub.shared()
                .bean(MeterRegistry.class)
                .get("edgemc.delivery.lag")
                .tag("stage", "applied")
                .timer();
        long count = applied.count();
        double seconds = applied.totalTime(TimeUnit.SECONDS);
        Cluster cluster = placement.cluster("lag");
        try (TestAgent agent = TestAgent.inSession(cluster)) {
            Target target = placement.target(
                    cluster,
                    placement.state(TestPlacement.configMap("shop", "lag", "1")),
                    Instant.now().minusSeconds(5));
            TestTargets.await(target);
            agent.poll(TargetState.EMPTY.text(), 0);
            // When it is acknowledged, twice
            agent.applied(target);
            agent.applied(target);
            // Then it counts once
            assertThat(applied.count() - count).isEqualTo(1);
            assertThat(applied.totalTime(TimeUnit.SECONDS) - seconds).isBetween(5.0, 25.0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailbox-inventory",
                "mailbox-content",
                "mailbox-targets",
                "mailbox-reports",
                "cluster-reports",
                "parked-targets",
                "undelivered-targets"
            })
    void every_queue_shows_the_age_of_its_oldest(String queue) {
        assertThat(TestHub.shared().metrics())
                .containsPattern("edgemc_queue_age_seconds\\{[^}]*queue=\"" + queue + "\"");
        assertThat(TestHub.shared().metrics()).contains("edgemc_delivery_lag_seconds_bucket");
    }
}
