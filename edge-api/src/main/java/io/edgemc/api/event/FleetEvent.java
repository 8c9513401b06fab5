package io.edgemc.api.event;

import java.util.Map;

/**
 * Something that people who watch the fleet want to know. Public.
 *
 * @param type stable code: {@code conflict}, {@code cluster-stale}, {@code cluster-connected}, {@code render-failed},
 *     {@code dead-letter}, {@code decommissioned}, …
 * @param cluster name of the cluster, {@code ""} if about none
 * @param subject what it is about, such as an object key or a placement
 * @param message for people
 * @param at RFC 3339
 * @param details further stable keys
 */
public record FleetEvent(
        String type, String cluster, String subject, String message, String at, Map<String, String> details) {}
