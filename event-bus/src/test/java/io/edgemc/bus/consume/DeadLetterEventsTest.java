package io.edgemc.bus.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.event.Topics;
import io.edgemc.bus.publish.OutgoingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterEventsTest {
    private final DeadLetterEvents events = new DeadLetterEvents(Topics.EVENTS.topic());

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "edge-mc.reports.v1, uid-1|configmaps/default/page, uid-1",
        "edge-mc.reports.v1, uid-1|, uid-1",
        "edge-mc.reports.v1, not a key, fleet",
        "edge-mc.targets.v1, uid-1, uid-1",
        "edge-mc.inventory.v1, uid-1, uid-1",
        "edge-mc.content.v1, abcdef, fleet",
        "edge-mc.reports.v1, , fleet",
    })
    void theKeyIsTheClusterIfTheRecordIsOfOne(String topic, String key, String expected) {
        // Given
        byte[] data = "canary-secret".getBytes(StandardCharsets.UTF_8);
        DeadLetter letter = new DeadLetter(topic, 1, 7, key, "no such cluster", "id", "type", "", "text/plain", data);

        // When
        OutgoingEvent event = events.of("reader", letter, Instant.EPOCH);

        // Then: also nothing of what was in it
        assertThat(event.key()).isEqualTo(expected);
        assertThat(new String(event.event().requireData(), StandardCharsets.UTF_8))
                .contains("no such cluster")
                .doesNotContain("canary-secret");
    }
}
