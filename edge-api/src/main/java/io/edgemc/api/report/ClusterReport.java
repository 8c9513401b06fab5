package io.edgemc.api.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.api.target.TargetState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a cluster as a whole; written by mailbox-service.
 *
 * @param clusterUid whose
 * @param epoch current session, 0 before the first
 * @param sequence increases with every cluster report of the cluster
 * @param connected whether a session is open
 * @param stale whether it was silent for longer than the threshold
 * @param lastSeen RFC 3339 time of the last contact, null before the first
 * @param appliedRevision revision of the last target that was applied but for the exceptions; 0 before the first
 * @param appliedState that target's state, null before the first
 * @param exceptions objects that are not as the target asks; all of them unless {@code moreExceptions} says otherwise
 * @param syncerVersion version of the syncer, null before the first session
 * @param kubernetesVersion version of the edge's API server, null before the first session
 * @param moreExceptions how many exceptions there are beyond those listed, null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterReport(
        String clusterUid,
        long epoch,
        long sequence,
        boolean connected,
        boolean stale,
        @Nullable String lastSeen,
        long appliedRevision,
        @Nullable TargetState appliedState,
        List<ObjectException> exceptions,
        @Nullable String syncerVersion,
        @Nullable String kubernetesVersion,
        String traceparent,
        @Nullable Integer moreExceptions) {
    public ClusterReport {
        exceptions = List.copyOf(exceptions);
    }

    /** With a complete list of exceptions. */
    public ClusterReport(
            String clusterUid,
            long epoch,
            long sequence,
            boolean connected,
            boolean stale,
            @Nullable String lastSeen,
            long appliedRevision,
            @Nullable TargetState appliedState,
            List<ObjectException> exceptions,
            @Nullable String syncerVersion,
            @Nullable String kubernetesVersion,
            String traceparent) {
        this(
                clusterUid,
                epoch,
                sequence,
                connected,
                stale,
                lastSeen,
                appliedRevision,
                appliedState,
                exceptions,
                syncerVersion,
                kubernetesVersion,
                traceparent,
                null);
    }

    /** Whether this report is newer than one of the given epoch and sequence. */
    public boolean isAfter(long otherEpoch, long otherSequence) {
        return epoch > otherEpoch || epoch == otherEpoch && sequence > otherSequence;
    }
}
