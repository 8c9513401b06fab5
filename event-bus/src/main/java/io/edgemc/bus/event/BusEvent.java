package io.edgemc.bus.event;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvents 1.0 event: what happened, and its data as bytes. Immutable, save for the array, which nobody changes.
 *
 * @param id unique for the source; the same event sent twice keeps its id
 * @param type for example {@code io.edgemc.content.object.v1}
 * @param source a URI reference, for example {@code /edge-mc/placement}
 * @param subject what the event is about, or null
 * @param time when it happened, or null when not known
 * @param traceparent W3C trace context that led to the event, or null
 * @param contentType media type of the data, or null where there is none
 * @param extensions further attributes; names are lower-case letters and digits
 * @param data the bytes, or null: the key is gone from a compacted topic (a tombstone)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per record would cost more than it protects
public record BusEvent(
        String id,
        String type,
        String source,
        @Nullable String subject,
        @Nullable Instant time,
        @Nullable String traceparent,
        @Nullable String contentType,
        Map<String, String> extensions,
        byte @Nullable [] data) {

    public static final String JSON = "application/json";
    public static final String BYTES = "application/octet-stream";

    private static final Pattern EXTENSION_NAME = Pattern.compile("[a-z0-9]{1,40}");

    public BusEvent {
        requireText(id, "id");
        requireText(type, "type");
        requireText(source, "source");
        extensions = Map.copyOf(extensions);
        for (String name : extensions.keySet()) {
            if (!EXTENSION_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "an extension's name is lower-case letters and digits, not '" + name + "'");
            }
        }
        if (data != null && contentType == null) {
            throw new IllegalArgumentException("data has a content type");
        }
    }

    private static void requireText(String text, String attribute) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the attribute '" + attribute + "' of an event is not empty");
        }
    }

    /** An event with JSON data. */
    public static BusEvent json(String id, String type, String source, Instant time, byte[] data) {
        return new BusEvent(id, type, source, null, time, null, JSON, Map.of(), data);
    }

    /** An event with opaque data, for example sealed content. */
    public static BusEvent bytes(String id, String type, String source, Instant time, byte[] data) {
        return new BusEvent(id, type, source, null, time, null, BYTES, Map.of(), data);
    }

    /** The key is gone: a compacted topic forgets it. */
    public static BusEvent tombstone(String id, String type, String source, Instant time) {
        return new BusEvent(id, type, source, null, time, null, null, Map.of(), null);
    }

    public BusEvent withSubject(@Nullable String newSubject) {
        return new BusEvent(id, type, source, newSubject, time, traceparent, contentType, extensions, data);
    }

    public BusEvent withTraceparent(@Nullable String newTraceparent) {
        return new BusEvent(id, type, source, subject, time, newTraceparent, contentType, extensions, data);
    }

    /** With one more extension attribute. */
    public BusEvent with(String extension, String value) {
        Map<String, String> more = new TreeMap<>(extensions);
        more.put(extension, value);
        return new BusEvent(id, type, source, subject, time, traceparent, contentType, more, data);
    }

    public boolean isTombstone() {
        return data == null;
    }

    /**
     * The data of an event that has some.
     *
     * @throws IllegalStateException for a tombstone
     */
    public byte[] requireData() {
        if (data == null) {
            throw new IllegalStateException("event " + id + " of type " + type + " is a tombstone");
        }
        return data;
    }

    /** Without the data: it may be confidential, and it is long. */
    @Override
    public String toString() {
        return "BusEvent[" + type + " " + id + " from " + source + ", "
                + (data == null ? "tombstone" : Objects.requireNonNull(data).length + " bytes") + "]";
    }
}
