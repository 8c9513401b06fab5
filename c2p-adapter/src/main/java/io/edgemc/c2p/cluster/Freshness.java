package io.edgemc.c2p.cluster;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a cluster reported is still taken for what is so. What counts is the syncer's last delivery, not the times inside
 * the reports: an engine that has nothing new to say repeats itself, and an edge sends no repetitions.
 *
 * @param current whether it is
 * @param expiresAt until when, if nothing is heard; null if that is not a matter of time
 */
public record Freshness(boolean current, @Nullable Instant expiresAt) {
    private static final Freshness SILENT = new Freshness(false, null);

    /**
     * A connected syncer sends what changes as it changes, so its cluster is current until the hub says that the session ended.
     *
     * @param stale the hub counts the cluster as lost
     * @param deliveredAt last contact, null before the first
     * @param threshold how long reports of a disconnected cluster are believed
     */
    public static Freshness of(
            boolean connected, boolean stale, @Nullable Instant deliveredAt, Duration threshold, Instant now) {
        if (stale) {
            return SILENT;
        }
        if (connected) {
            return new Freshness(true, null);
        }
        if (deliveredAt == null) {
            return SILENT;
        }
        Instant end = deliveredAt.plus(threshold);
        return now.isBefore(end) ? new Freshness(true, end) : SILENT;
    }
}
