package io.edgemc.kube.store;

import java.util.Set;

/**
 * Who asks, for decisions, audit and traces.
 *
 * @param user authenticated name
 * @param groups the user's groups
 * @param requestId id of this request, unique
 * @param traceparent W3C trace context of this request
 */
public record Actor(String user, Set<String> groups, String requestId, String traceparent) {
    public Actor {
        groups = Set.copyOf(groups);
    }
}
