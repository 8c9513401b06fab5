package io.edgemc.c2p.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.report.ClusterReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    private static final Duration THRESHOLD = Duration.ofMinutes(15);
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @ParameterizedTest(name = "connected {0}, stale {1}, delivered {2} minutes ago: current {3}")
    @CsvSource({
        "true , false,  1, true",
        "true , false, 99, true",
        "true , false,   , true",
        "false, false, 14, true",
        "false, false, 15, false",
        "false, false,   , false",
        "false, true ,  1, false",
        "true , true ,  1, false",
    })
    void reportsAreBelieved(
            boolean connected, boolean stale, @org.jspecify.annotations.Nullable Long minutes, boolean current) {
        // When
        Instant delivered = minutes == null ? null : NOW.minus(Duration.ofMinutes(minutes));
        Freshness freshness = Freshness.of(connected, stale, delivered, THRESHOLD, NOW);

        // Then
        assertThat(freshness.current()).isEqualTo(current);
    }

    @Test
    void anOlderClusterReportChangesNothing() {
        // Given
        KnownCluster cluster = KnownCluster.unknown("u").heard(report(3, 7, true), THRESHOLD, NOW);

        // When
        KnownCluster after =
                cluster.heard(report(3, 6, false), THRESHOLD, NOW).heard(report(2, 9, false), THRESHOLD, NOW);

        // Then
        assertThat(after).isSameAs(cluster);
    }

    @Test
    void aDisconnectedClusterIsBelievedUntilTheThreshold() {
        // Given
        KnownCluster cluster = KnownCluster.unknown("u").delivered(NOW, THRESHOLD, NOW);

        // Then
        assertThat(cluster.freshness()).isEqualTo(new Freshness(true, NOW.plus(THRESHOLD)));
        assertThat(cluster.at(THRESHOLD, NOW.plus(THRESHOLD)).current()).isFalse();
    }

    private static ClusterReport report(long epoch, long sequence, boolean connected) {
        return new ClusterReport(
                "u", epoch, sequence, connected, false, NOW.toString(), 0, null, List.of(), null, null, "");
    }
}
