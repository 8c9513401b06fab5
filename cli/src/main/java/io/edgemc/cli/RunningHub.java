package io.edgemc.cli;

import io.edgemc.stack.HubState;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a second {@code up} may ask of a hub that runs already. */
final class RunningHub {
    private RunningHub() {}

    /**
     * Checks that the hub is the one asked for, because it cannot change while it runs.
     *
     * @param port of the gateway, as asked for; null or 0 if any will do
     * @param ephemeral whether its data shall be thrown away
     * @param marked whether it is
     * @throws CommandFailure with what differs and what to do
     */
    static void require(HubState hub, @Nullable Integer port, boolean ephemeral, boolean marked) {
        URI gateway = URI.create(hub.url("gateway"));
        if (port != null && port != 0 && port != gateway.getPort()) {
            throw new CommandFailure("the hub is up already, at " + gateway + "; for port " + port
                    + " stop it first (edge-mc down), or name another folder by --data");
        }
        if (ephemeral && !marked) {
            throw new CommandFailure("the hub is up already, and its data stays; for an --ephemeral one"
                    + " name another folder by --data");
        }
    }
}
