package io.edgemc.bus.event;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The Kafka protocol binding of CloudEvents 1.0, binary content mode: attributes as headers, data as the value. */
public final class CloudEventHeaders {
    public static final String CONTENT_TYPE = "content-type";
    public static final String PREFIX = "ce_";
    private static final String SPEC_VERSION = "1.0";
    private static final Set<String> KNOWN =
            Set.of("specversion", "id", "type", "source", "subject", "time", "traceparent");

    private CloudEventHeaders() {}

    /** The headers of an event. */
    public static Headers write(BusEvent event) {
        RecordHeaders headers = new RecordHeaders();
        put(headers, "specversion", SPEC_VERSION);
        put(headers, "id", event.id());
        put(headers, "type", event.type());
        put(headers, "source", event.source());
        put(headers, "subject", event.subject());
        Instant time = event.time();
        put(headers, "time", time == null ? null : time.toString());
        put(headers, "traceparent", event.traceparent());
        event.extensions().forEach((name, value) -> put(headers, name, value));
        String contentType = event.contentType();
        if (contentType != null) {
            headers.add(CONTENT_TYPE, contentType.getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    private static void put(Headers headers, String attribute, @Nullable String value) {
        if (value != null) {
            headers.add(PREFIX + attribute, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * The event in a record. A tombstone needs no attributes: stream processors write bare ones.
     *
     * @throws MalformedEventException when a required attribute is missing or one cannot be read
     */
    public static BusEvent read(ConsumerRecord<?, byte[]> record) {
        Map<String, String> attributes = attributes(record.headers());
        byte @Nullable [] data = record.value();
        String origin = record.topic() + "-" + record.partition() + "-" + record.offset();
        if (data == null) {
            attributes.putIfAbsent("specversion", SPEC_VERSION);
            attributes.putIfAbsent("id", origin);
            attributes.putIfAbsent("type", "io.edgemc.tombstone.v1");
            attributes.putIfAbsent("source", "/" + record.topic());
        }
        String version = required(attributes, "specversion");
        if (!SPEC_VERSION.equals(version)) {
            throw new MalformedEventException("CloudEvents version '" + version + "' is not " + SPEC_VERSION);
        }
        Map<String, String> extensions = new HashMap<>(attributes);
        extensions.keySet().removeAll(KNOWN);
        Header contentType = record.headers().lastHeader(CONTENT_TYPE);
        try {
            return new BusEvent(
                    required(attributes, "id"),
                    required(attributes, "type"),
                    required(attributes, "source"),
                    attributes.get("subject"),
                    time(attributes.get("time")),
                    attributes.get("traceparent"),
                    contentType == null ? (data == null ? null : BusEvent.JSON) : text(contentType),
                    extensions,
                    data);
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException(e.getMessage() == null ? "not an event" : e.getMessage());
        }
    }

    private static Map<String, String> attributes(Headers headers) {
        Map<String, String> attributes = new HashMap<>();
        for (Header header : headers) {
            if (header.key().startsWith(PREFIX) && header.value() != null) {
                attributes.put(header.key().substring(PREFIX.length()), text(header));
            }
        }
        return attributes;
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String required(Map<String, String> attributes, String name) {
        String value = attributes.get(name);
        if (value == null || value.isBlank()) {
            throw new MalformedEventException("the header " + PREFIX + name + " is missing");
        }
        return value;
    }

    private static @Nullable Instant time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedEventException("the header ce_time is not an RFC 3339 time");
        }
    }
}
