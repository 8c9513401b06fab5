package io.edgemc.bus.consume;

import io.edgemc.bus.event.BusEvent;
import java.time.Instant;

/**
 * An event from a topic.
 *
 * @param storedAt when the broker or the producer stamped it
 * @param key of the record
 */
public record ReceivedEvent(String topic, int partition, long offset, Instant storedAt, String key, BusEvent event) {}
