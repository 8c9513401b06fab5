package io.edgemc.gateway.entry;

import io.edgemc.door.access.Role;
import io.edgemc.gateway.identity.Principal;
import io.edgemc.gateway.request.Addressed;
import jakarta.servlet.ServletRequest;
import java.util.Set;

/**
 * A request that was let in: what the proxy needs to know of it.
 *
 * @param roles effective in the addressed area
 * @param stream whether the answer may go on for ever
 */
public record Passage(
        Principal principal,
        Addressed addressed,
        Set<Role> roles,
        String requestId,
        String traceparent,
        boolean stream) {
    private static final String ATTRIBUTE = Passage.class.getName();

    public Passage {
        roles = Set.copyOf(roles);
    }

    void attachTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** @throws IllegalStateException for a request that was not let in */
    public static Passage of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Passage passage) {
            return passage;
        }
        throw new IllegalStateException("the request was not let in");
    }

    public static boolean isPresent(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Passage;
    }
}
