package io.edgemc.api.agent;

/**
 * All reports of the batch are durable.
 */
public record ReportAck(long lastSequence) {}
