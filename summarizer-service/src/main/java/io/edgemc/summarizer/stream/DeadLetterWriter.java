package io.edgemc.summarizer.stream;

import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.event.CloudEventHeaders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes dead letters in the form in which all services write them: an event with where it came from and why. */
final class DeadLetterWriter {
    static final String TYPE = "io.edgemc.dead-letter.v1";
    private static final String CONSUMER = "summarizer";
    private static final int LONGEST_REASON = 1_000;
    private static final Logger log = LoggerFactory.getLogger(DeadLetterWriter.class);

    private final String topic;
    private final MeterRegistry meters;
    private final Clock clock;

    DeadLetterWriter(String topic, MeterRegistry meters, Clock clock) {
        this.topic = topic;
        this.meters = meters;
        this.clock = clock;
    }

    /** The letter for the record that the context is at; counted and logged without its data. */
    ProducerRecord<byte[], byte[]> letter(ErrorHandlerContext source, String reason) {
        log.warn(
                "A record was moved to the dead letters: consumer={} topic={} partition={} offset={} reason={}",
                CONSUMER,
                source.topic(),
                source.partition(),
                source.offset(),
                reason);
        Counter.builder("edgemc.dead.letters")
                .description("Records that could not be processed")
                .tag("consumer", CONSUMER)
                .tag("topic", source.topic())
                .register(meters)
                .increment();
        String origin = source.topic() + "-" + source.partition() + "-" + source.offset();
        byte[] key = source.sourceRawKey();
        return new ProducerRecord<>(
                topic,
                null,
                key == null ? origin.getBytes(StandardCharsets.UTF_8) : key,
                source.sourceRawValue(),
                CloudEventHeaders.write(event(source, origin, reason)));
    }

    private BusEvent event(ErrorHandlerContext source, String origin, String reason) {
        Headers headers = source.headers();
        Map<String, String> extensions = new HashMap<>();
        extensions.put("sourcetopic", source.topic());
        extensions.put("sourcepartition", Integer.toString(source.partition()));
        extensions.put("sourceoffset", Long.toString(source.offset()));
        extensions.put("reason", reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON));
        extensions.put("consumer", CONSUMER);
        putIfPresent(extensions, "originaltype", text(headers, CloudEventHeaders.PREFIX + "type"));
        putIfPresent(extensions, "originalid", text(headers, CloudEventHeaders.PREFIX + "id"));
        String contentType = text(headers, CloudEventHeaders.CONTENT_TYPE);
        return new BusEvent(
                origin,
                TYPE,
                "/edge-mc/" + CONSUMER,
                source.topic(),
                clock.instant(),
                text(headers, CloudEventHeaders.PREFIX + "traceparent"),
                source.sourceRawValue() == null ? null : contentType == null ? BusEvent.BYTES : contentType,
                extensions,
                source.sourceRawValue());
    }

    private static void putIfPresent(Map<String, String> extensions, String name, @Nullable String value) {
        if (value != null) {
            extensions.put(name, value);
        }
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
