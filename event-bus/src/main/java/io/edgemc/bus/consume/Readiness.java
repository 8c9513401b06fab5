package io.edgemc.bus.consume;

/**
 * Whether a consumer serves.
 *
 * @param ready it has its partitions and has processed what lay on them when it got them
 * @param detail why, for people
 */
public record Readiness(boolean ready, String detail) {}
