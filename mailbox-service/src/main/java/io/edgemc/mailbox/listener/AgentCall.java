package io.edgemc.mailbox.listener;

import io.edgemc.mailbox.authority.ClusterIdentity;
import io.edgemc.mailbox.authority.PeerCertificate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of an agent, read whole and within its limits.
 *
 * @param query parameters of the request line, the last of each name
 * @param body must not be changed
 * @param peer whose certificate came with it; null only for operations that need none
 * @param traceparent W3C trace context, {@code ""} if none
 */
public record AgentCall(
        Map<String, String> query, byte[] body, @Nullable PeerCertificate peer, String traceparent) {
    public AgentCall {
        query = Map.copyOf(query);
    }

    /** The cluster that calls; throws {@link IllegalStateException} for an operation that needs no certificate. */
    public ClusterIdentity cluster() {
        return certificate().identity();
    }

    /** The certificate of the cluster that calls. */
    public PeerCertificate certificate() {
        if (peer == null) {
            throw new IllegalStateException("this operation knows no cluster");
        }
        return peer;
    }
}
