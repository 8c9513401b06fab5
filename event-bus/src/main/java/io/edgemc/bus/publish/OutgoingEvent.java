package io.edgemc.bus.publish;

import io.edgemc.bus.event.BusEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a topic.
 *
 * @param topic where to
 * @param key of the record; compaction keeps the last event of each key
 * @param partitionBy text whose hash chooses the partition, or null for the key. Events with the same text are in one
 *     partition, in order; a key that equals another record's {@code partitionBy} lands in the same partition
 * @param event what is sent
 */
public record OutgoingEvent(
        String topic, String key, @Nullable String partitionBy, BusEvent event) {
    public OutgoingEvent {
        if (topic.isBlank() || key.isBlank()) {
            throw new IllegalArgumentException("an event on the bus has a topic and a key");
        }
    }

    /** An event whose key chooses the partition. */
    public static OutgoingEvent of(String topic, String key, BusEvent event) {
        return new OutgoingEvent(topic, key, null, event);
    }

    /** An event that is partitioned by something else than its key, for example reports by cluster uid. */
    public OutgoingEvent partitionedBy(String text) {
        return new OutgoingEvent(topic, key, text, event);
    }
}
