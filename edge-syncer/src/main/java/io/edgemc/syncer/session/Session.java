package io.edgemc.syncer.session;

import io.edgemc.api.agent.SessionLimits;
import io.edgemc.syncer.hub.HubClient;

/**
 * An open session with the hub.
 *
 * @param epoch its fence
 */
public record Session(HubClient client, long epoch, SessionLimits limits) {}
