package io.edgemc.door.access;

/**
 * Whether an action is allowed.
 *
 * @param reason for people and the audit log; empty where there is nothing to say
 */
public record Decision(boolean allowed, String reason) {
    static Decision allowed(Role role) {
        return new Decision(true, "by role " + role.text());
    }

    static Decision denied() {
        return new Decision(false, "no granted role allows it");
    }
}
