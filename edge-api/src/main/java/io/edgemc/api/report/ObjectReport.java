package io.edgemc.api.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.api.object.ObjectKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an edge says of one object. A later one of the same cluster and key replaces it; later means a higher (epoch, sequence).
 *
 * @param clusterUid whose; set by the hub from the certificate
 * @param epoch session in which it was sent; set by the hub
 * @param sequence increases with every report of a session
 * @param key which object
 * @param origin whether the hub sent the object or it was born at the edge
 * @param generation metadata.generation at the edge, 0 if it has none
 * @param hash hex SHA-256 of the canonical JSON of {@code object}; {@code ""} if deleted
 * @param deleted the object is not there (any more)
 * @param object what was seen, null if deleted; of a downsynced object apiVersion, kind, metadata and status
 * @param observedAt RFC 3339 time at the edge
 * @param traceparent trace of the write that led to it, {@code ""} if none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ObjectReport(
        String clusterUid,
        long epoch,
        long sequence,
        ObjectKey key,
        Origin origin,
        long generation,
        String hash,
        boolean deleted,
        @Nullable ObjectNode object,
        String observedAt,
        String traceparent) {
    public ObjectReport {
        Objects.requireNonNull(clusterUid);
        Objects.requireNonNull(key);
        Objects.requireNonNull(origin);
        if (deleted == (object != null)) {
            throw new IllegalArgumentException("a report has an object, or says that it is deleted: " + key);
        }
    }

    /** The same report as the hub vouches for it. */
    public ObjectReport of(String uid, long sessionEpoch) {
        return new ObjectReport(
                uid, sessionEpoch, sequence, key, origin, generation, hash, deleted, object, observedAt, traceparent);
    }

    /** Whether this report is newer than one of the given epoch and sequence. */
    public boolean isAfter(long otherEpoch, long otherSequence) {
        return epoch > otherEpoch || epoch == otherEpoch && sequence > otherSequence;
    }
}
