package io.edgemc.bus.publish;

/**
 * Where a record lies on the bus.
 *
 * @param offset within the partition
 */
public record RecordPosition(String topic, int partition, long offset) {}
