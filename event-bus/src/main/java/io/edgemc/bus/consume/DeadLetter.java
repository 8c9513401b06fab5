package io.edgemc.bus.consume;

import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.event.CloudEventHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record that cannot be processed, and why. The bytes travel on as they are: sealed content stays sealed. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DeadLetter(
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        String reason,
        @Nullable String originalId,
        @Nullable String originalType,
        @Nullable String traceparent,
        @Nullable String contentType,
        byte @Nullable [] data) {

    /** An event that the handler cannot process. */
    static DeadLetter of(ReceivedEvent received, String reason) {
        BusEvent event = received.event();
        return new DeadLetter(
                received.topic(),
                received.partition(),
                received.offset(),
                received.key(),
                reason,
                event.id(),
                event.type(),
                event.traceparent(),
                event.contentType(),
                event.data());
    }

    /** A record that is not even an event. */
    static DeadLetter of(ConsumerRecord<String, byte[]> record, String reason) {
        return new DeadLetter(
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                reason,
                header(record, CloudEventHeaders.PREFIX + "id"),
                header(record, CloudEventHeaders.PREFIX + "type"),
                header(record, CloudEventHeaders.PREFIX + "traceparent"),
                header(record, CloudEventHeaders.CONTENT_TYPE),
                record.value());
    }

    private static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
