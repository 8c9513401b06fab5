package io.edgemc.api.agent;

/**
 * What the hub asks of an agent.
 *
 * @param longPollSeconds longest wait of a poll
 * @param maxReportBatch reports in one request
 * @param maxBodyBytes bytes in one request, before and after decompression
 * @param minBackoffMillis first wait after a failure
 * @param maxBackoffMillis longest wait after failures
 */
public record SessionLimits(
        int longPollSeconds, int maxReportBatch, int maxBodyBytes, int minBackoffMillis, int maxBackoffMillis) {}
