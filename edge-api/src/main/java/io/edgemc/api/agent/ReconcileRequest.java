package io.edgemc.api.agent;

/**
 * Compares what the hub knows of an edge with what the edge reported.
 *
 * @param root hex digest over the buckets, see {@link ReportTree}
 * @param count how many objects are reported
 */
public record ReconcileRequest(long epoch, String root, int count) {}
