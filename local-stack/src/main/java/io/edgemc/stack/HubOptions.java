package io.edgemc.stack;

import java.util.Optional;

/**
 * How to run a local hub.
 *
 * @param directory its data
 * @param gatewayPort of the gateway on 127.0.0.1; 0 for any
 * @param agentPort of the listener for agents on 127.0.0.1; 0 for any
 * @param durable whether what is acknowledged waits for the disk; false only for throw-away hubs
 * @param broker {@code host:port} of a Kafka broker that runs elsewhere, for good: a hub that changes its broker loses what was on
 *     the way; empty for one of the hub's own
 */
public record HubOptions(
        HubDirectory directory, int gatewayPort, int agentPort, boolean durable, Optional<String> broker) {
    public static final int GATEWAY_PORT = 7443;
    public static final int AGENT_PORT = 7444;

    /** With a broker of its own. */
    public HubOptions(HubDirectory directory, int gatewayPort, int agentPort, boolean durable) {
        this(directory, gatewayPort, agentPort, durable, Optional.empty());
    }

    public HubOptions {
        for (int port : new int[] {gatewayPort, agentPort}) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be 0..65535, is " + port);
            }
        }
    }
}
