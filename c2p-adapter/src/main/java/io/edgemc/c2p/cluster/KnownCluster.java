package io.edgemc.c2p.cluster;

import io.edgemc.api.report.ClusterReport;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as this service knows it.
 *
 * @param name null while only reports of it have come: nothing of it shows then
 * @param epoch newest session seen; reports of older ones are no longer taken
 * @param sequence of the newest cluster report of that session
 * @param deliveredAt when its syncer last delivered, null before the first time
 */
public record KnownCluster(
        String uid,
        @Nullable String name,
        long epoch,
        long sequence,
        boolean connected,
        boolean stale,
        @Nullable Instant deliveredAt,
        Freshness freshness) {
    /** How far delivery times may lie apart before a later one is written. */
    private static final Duration WORTH_WRITING = Duration.ofSeconds(10);

    static KnownCluster unknown(String uid) {
        return new KnownCluster(uid, null, 0, 0, false, false, null, new Freshness(false, null));
    }

    public KnownCluster named(String newName) {
        return new KnownCluster(uid, newName, epoch, sequence, connected, stale, deliveredAt, freshness);
    }

    /** After a cluster report; the same if it is no newer than the last. */
    public KnownCluster heard(ClusterReport report, Duration threshold, Instant now) {
        if (!report.isAfter(epoch, sequence)) {
            return this;
        }
        Instant seen = report.lastSeen() == null ? null : Instant.parse(report.lastSeen());
        return with(report.epoch(), report.sequence(), report.connected(), report.stale(), later(seen), threshold, now);
    }

    /** After reports of its objects; the same if that says nothing new. */
    public KnownCluster delivered(Instant at, Duration threshold, Instant now) {
        boolean news = deliveredAt == null || at.isAfter(deliveredAt.plus(WORTH_WRITING)) || !freshness.current();
        return news ? with(epoch, sequence, connected, stale, later(at), threshold, now) : this;
    }

    /** As time passes. */
    public KnownCluster at(Duration threshold, Instant now) {
        return with(epoch, sequence, connected, stale, deliveredAt, threshold, now);
    }

    public boolean current() {
        return freshness.current();
    }

    private @Nullable Instant later(@Nullable Instant at) {
        return deliveredAt == null || at != null && at.isAfter(deliveredAt) ? at : deliveredAt;
    }

    private KnownCluster with(
            long newEpoch,
            long newSequence,
            boolean isConnected,
            boolean isStale,
            @Nullable Instant delivered,
            Duration threshold,
            Instant now) {
        return new KnownCluster(
                uid,
                name,
                newEpoch,
                newSequence,
                isConnected,
                isStale,
                delivered,
                Freshness.of(isConnected, isStale, delivered, threshold, now));
    }
}
