package io.edgemc.mailbox.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.mailbox.testing.TestAgent;
import io.edgemc.mailbox.testing.TestHub;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.TestReports;
import io.edgemc.mailbox.testing.Until;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Values of Secrets that come back from an edge. */
class ReportedSecretsTest {
    private final TestHub hub = TestHub.shared();
    private final Reporter edge = new Reporter();
    private final Cluster cluster = edge.cluster();
    private final TestAgent agent = edge.agent();

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void values_of_a_secret_rest_nowhere_in_the_open() {
        // Given
        ObjectKey key = TestPlacement.key("secrets", "shop", "s");
        String canary = "canary-" + UUID.randomUUID();
        ObjectNode secret = TestPlacement.secret("shop", "s", canary);
        // When
        agent.report(edge.report(1, key, secret));
        // Then
        Until.holds("materialized", () -> edge.position(key) > 0);
        assertThat(hub.jdbc()
                        .queryForObject(
                                "select count(*) from reported where position(convert_to(?, 'UTF8') in body) > 0 or hash = ?",
                                Long.class,
                                canary,
                                Reporter.hash(secret)))
                .isZero();
        BusEvent event = TestReports.await(
                        "on the topic", seen -> seen.key().equals(ReportKeys.object(cluster.uid(), key)))
                .event();
        assertThat(new String(event.requireData(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(canary);
        assertThat(edge.compare(Map.of(key, Reporter.hash(secret))).same()).isTrue();
    }

    @Test
    void a_downsynced_secret_comes_back_without_values() {
        // Given
        ObjectKey key = TestPlacement.key("secrets", "shop", "down");
        ObjectNode secret = TestPlacement.secret("shop", "down", "canary");
        ObjectReport report = new ObjectReport(
                "", 0, 1, key, Origin.DOWNSYNC, 1, Reporter.hash(secret), false, secret, "2026-01-01T00:00:00Z", "");
        // When
        agent.report(report);
        // Then
        BusEvent event = TestReports.await(
                        "on the topic", seen -> seen.key().equals(ReportKeys.object(cluster.uid(), key)))
                .event();
        assertThat(new String(
                        hub.keys().open(hub.keys().sealingKeyId(), event.requireData()),
                        java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"down\"")
                .doesNotContain("canary");
    }
}
