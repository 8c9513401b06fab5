package io.edgemc.api.agent;

/**
 * An open session.
 *
 * @param epoch fences: calls of smaller epochs are refused
 * @param protocol version to speak
 * @param hubEpoch changes when the hub was restored from a backup
 */
public record SessionResponse(long epoch, int protocol, String hubEpoch, SessionLimits limits) {}
