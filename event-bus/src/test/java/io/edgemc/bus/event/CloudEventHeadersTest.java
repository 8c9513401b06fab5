package io.edgemc.bus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventHeadersTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final byte[] DATA = "{}".getBytes(StandardCharsets.UTF_8);

    @Test
    void anEventComesBackAsItWas() {
        // Given
        BusEvent event = new BusEvent(
                "7",
                "io.edgemc.target.v1",
                "/edge-mc/placement",
                "florin",
                Instant.parse("2026-11-23T10:00:00.123456Z"),
                TRACE,
                BusEvent.BYTES,
                Map.of("edgemckeyid", "k1"),
                DATA);

        // When
        BusEvent read = CloudEventHeaders.read(record(CloudEventHeaders.write(event), event.data()));

        // Then
        assertThat(read).usingRecursiveComparison().isEqualTo(event);
    }

    @Test
    void theHeadersAreThoseOfTheKafkaBinding() {
        // Given
        BusEvent event = BusEvent.json("7", "a.b.v1", "/s", Instant.EPOCH, DATA).withTraceparent(TRACE);

        // When
        Headers headers = CloudEventHeaders.write(event);

        // Then
        assertThat(headers.toArray())
                .extracting(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(
                        "ce_specversion=1.0",
                        "ce_id=7",
                        "ce_type=a.b.v1",
                        "ce_source=/s",
                        "ce_time=1970-01-01T00:00:00Z",
                        "ce_traceparent=" + TRACE,
                        "content-type=application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion, 0.3, 0.3",
        "ce_specversion, , ce_specversion",
        "ce_id, , ce_id",
        "ce_type, , ce_type",
        "ce_source, , ce_source",
        "ce_time, yesterday, ce_time",
        "ce_UPPER, x, extension",
    })
    void aRecordThatIsNoEventIsNamed(String header, @Nullable String value, String said) {
        // Given
        Headers headers = CloudEventHeaders.write(BusEvent.json("7", "a.b.v1", "/s", Instant.EPOCH, DATA));
        headers.remove(header);
        if (value != null) {
            headers.add(header, value.getBytes(StandardCharsets.UTF_8));
        }

        // When / Then
        assertThatThrownBy(() -> CloudEventHeaders.read(record(headers, DATA)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(said);
    }

    @Test
    void aBareTombstoneIsAnEvent() {
        // When
        BusEvent read = CloudEventHeaders.read(record(new RecordHeaders(), null));

        // Then
        assertThat(read.isTombstone()).isTrue();
        assertThat(read.id()).isEqualTo("topic-2-9");
    }

    @Test
    void theTextFormHoldsNoData() {
        BusEvent event = BusEvent.json("7", "a.b.v1", "/s", Instant.EPOCH, "canary".getBytes(StandardCharsets.UTF_8));
        assertThat(event.toString()).doesNotContain("canary").contains("6 bytes");
    }

    private static ConsumerRecord<String, byte[]> record(Headers headers, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "topic", 2, 9, 0, TimestampType.CREATE_TIME, 1, 1, "key", value, headers, Optional.empty());
    }
}
