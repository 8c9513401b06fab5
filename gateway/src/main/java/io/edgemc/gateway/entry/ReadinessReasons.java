package io.edgemc.gateway.entry;

import io.edgemc.gateway.audit.AuditLog;
import io.edgemc.gateway.follow.SystemFollower;
import java.util.function.Supplier;

/** Why the gateway is not ready; empty text when it is. */
final class ReadinessReasons implements Supplier<String> {
    private final SystemFollower follower;
    private final AuditLog audit;

    ReadinessReasons(SystemFollower follower, AuditLog audit) {
        this.follower = follower;
        this.audit = audit;
    }

    @Override
    public String get() {
        if (follower.state().isEmpty()) {
            return "access grants are not known yet";
        }
        return audit.isWritable() ? "" : "the audit log cannot be written";
    }
}
