package io.edgemc.api.target;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.api.content.Digest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pointer that a mailbox is: which state a cluster should be in.
 *
 * @param clusterUid whose
 * @param revision position of the change that set it; increases with every change of this target
 * @param state what to hold
 * @param combination digest of the content that lists the placements that select the cluster, null if none does
 * @param since revision that the cluster has to hold before any placement counts as delivered there, whenever that itself changed last:
 *     other placements that are older came to select it, or what they mean there changed by the cluster
 * @param traceparent W3C trace context of the write that caused it, {@code ""} if unknown
 * @param writtenAt RFC 3339 time of that write's commit, null if unknown; from here on delivery counts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Target(
        String clusterUid,
        long revision,
        TargetState state,
        @Nullable Digest combination,
        long since,
        String traceparent,
        @Nullable String writtenAt) {
    public Target {
        Objects.requireNonNull(clusterUid);
        Objects.requireNonNull(state);
        Objects.requireNonNull(traceparent);
    }
}
