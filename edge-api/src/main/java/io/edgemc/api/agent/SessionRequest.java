package io.edgemc.api.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a session; all older ones of the cluster are fenced.
 *
 * @param instance random id of this syncer process
 * @param protocols versions of the protocol that the agent speaks
 * @param hubEpoch that the agent was told last, null if it knows none
 * @param lastEpoch of the agent's last session in that hub epoch, null if it had none
 * @param revision of the target that the agent took over last in that hub epoch, null if none. A hub that knows less than these
 *     two say lives on an older copy of its database.
 */
public record SessionRequest(
        String instance,
        String syncerVersion,
        String kubernetesVersion,
        List<Integer> protocols,
        @Nullable String hubEpoch,
        @Nullable Long lastEpoch,
        @Nullable Long revision) {
    public SessionRequest {
        protocols = List.copyOf(protocols);
    }

    /** Of an agent that knows nothing of the hub. */
    public SessionRequest(String instance, String syncerVersion, String kubernetesVersion, List<Integer> protocols) {
        this(instance, syncerVersion, kubernetesVersion, protocols, null, null, null);
    }
}
