package io.edgemc.api.agent;

/**
 * First line of a batch of reports.
 */
public record ReportHead(long epoch) {}
