package io.edgemc.stack;

/**
 * How to run a local hub.
 *
 * @param directory its data
 * @param gatewayPort of the gateway on 127.0.0.1; 0 for any
 * @param agentPort of the listener for agents on 127.0.0.1; 0 for any
 * @param durable whether what is acknowledged waits for the disk; false only for throw-away hubs
 */
public record HubOptions(HubDirectory directory, int gatewayPort, int agentPort, boolean durable) {
    public static final int GATEWAY_PORT = 7443;
    public static final int AGENT_PORT = 7444;

    public HubOptions {
        for (int port : new int[] {gatewayPort, agentPort}) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be 0..65535, is " + port);
            }
        }
    }
}
