package io.edgemc.door.servlet;

import io.edgemc.door.Identity;
import io.edgemc.door.access.Action;
import io.edgemc.door.access.Area;
import io.edgemc.door.access.Decision;
import io.edgemc.door.access.Role;
import io.edgemc.door.access.RoleRules;
import jakarta.servlet.ServletRequest;
import java.util.Set;

/**
 * Who asks, and in which trace: what a service needs of a request's identity.
 *
 * @param traceparent W3C trace context of the request
 */
public record Caller(Identity identity, String traceparent) {
    private static final String ATTRIBUTE = Caller.class.getName();

    public String user() {
        return identity.user();
    }

    public Set<String> groups() {
        return identity.groups();
    }

    public Set<Role> roles() {
        return identity.roles();
    }

    public String requestId() {
        return identity.requestId();
    }

    /** Answers an access review about the area that the request is for. */
    public Decision may(Area area, Action action) {
        return RoleRules.decide(roles(), area, action);
    }

    /**
     * The caller of a request that passed the {@link DoorFilter}.
     *
     * @throws IllegalStateException for one that did not
     */
    public static Caller of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("the request did not pass the door");
    }

    void attachTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
