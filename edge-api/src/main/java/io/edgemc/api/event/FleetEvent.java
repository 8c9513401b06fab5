package io.edgemc.api.event;

import java.util.Map;

/**
 * Something that people who watch the fleet want to know. Public. Its key on the bus is the uid of the cluster that it is about,
 * or {@link #FLEET} if it is about no single one.
 *
 * @param type stable code: {@code conflict}, {@code cluster-stale}, {@code cluster-connected}, {@code render-failed},
 *     {@code dead-letter}, {@code decommissioned}, …
 * @param cluster name of the cluster, {@code ""} if about none, or if whoever tells of it knows the uid alone
 * @param subject what it is about, such as an object key or a placement
 * @param message for people
 * @param at RFC 3339
 * @param details further stable keys
 */
public record FleetEvent(
        String type, String cluster, String subject, String message, String at, Map<String, String> details) {
    /** Key of what concerns more than one cluster, or none. */
    public static final String FLEET = "fleet";
}
