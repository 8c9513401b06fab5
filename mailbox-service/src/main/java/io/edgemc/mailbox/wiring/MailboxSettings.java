package io.edgemc.mailbox.wiring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of this service, {@code edge-mc.mailbox.*}.
 *
 * @param caDir folder of the agents' certificate authority; made if it is not there
 * @param agent the listener for agents
 * @param certificateValidity of a cluster's certificate
 * @param longPoll longest wait of a poll
 * @param disconnectAfter a cluster without connection is reported as disconnected after this time
 * @param staleAfter a cluster without contact is reported as stale after this time
 * @param sweepEvery pause between looks at who is silent
 * @param contentGrace how long contents stay that the hub gave up
 */
@ConfigurationProperties("edge-mc.mailbox")
record MailboxSettings(
        Path caDir,
        @DefaultValue Agent agent,
        @DefaultValue("30d") Duration certificateValidity,
        @DefaultValue("50s") Duration longPoll,
        @DefaultValue("10s") Duration disconnectAfter,
        @DefaultValue("5m") Duration staleAfter,
        @DefaultValue("2s") Duration sweepEvery,
        @DefaultValue("1h") Duration contentGrace) {

    MailboxSettings {
        if (certificateValidity.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("edge-mc.mailbox.certificate-validity is at least a minute");
        }
        if (longPoll.compareTo(Duration.ofSeconds(1)) < 0 || longPoll.compareTo(Duration.ofSeconds(120)) > 0) {
            throw new IllegalArgumentException("edge-mc.mailbox.long-poll is between 1 s and 120 s");
        }
    }

    /**
     * @param address local address to bind
     * @param port 0 for any free one
     * @param names host names and addresses that agents may dial, for the listener's certificate
     * @param maxConnections open at a time
     * @param connectionsPerAddress open at a time from one peer address; behind a passthrough all agents may have the same
     * @param url what agents are told to dial; empty for the first name and the port
     */
    record Agent(
            @DefaultValue("127.0.0.1") String address,
            @DefaultValue("7444") int port,
            @DefaultValue({"localhost", "127.0.0.1"}) Set<String> names,
            @DefaultValue("20000") int maxConnections,
            @DefaultValue("12000") int connectionsPerAddress,
            @DefaultValue("") String url) {}
}
