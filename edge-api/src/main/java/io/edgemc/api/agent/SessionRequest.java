package io.edgemc.api.agent;

import java.util.List;

/**
 * Opens a session; all older ones of the cluster are fenced.
 *
 * @param instance random id of this syncer process
 * @param protocols versions of the protocol that the agent speaks
 */
public record SessionRequest(String instance, String syncerVersion, String kubernetesVersion, List<Integer> protocols) {
    public SessionRequest {
        protocols = List.copyOf(protocols);
    }
}
