package io.edgemc.mailbox.listener;

import java.time.Duration;

/**
 * How the listener runs.
 *
 * @param address local address to bind
 * @param port 0 for any free one
 * @param threads event loop threads
 * @param handshakeTimeout for TLS
 * @param bodyTimeout from the head of a request to the end of its body
 * @param idleTimeout a connection on which nothing arrives for so long is closed; longer than the longest poll
 * @param callsPerCluster calls of one cluster at work at a time; parked polls do not count
 * @param anonymousCalls calls without a certificate at work at a time
 * @param bodyBytes bytes of all bodies in memory at a time
 * @param maxConnections open at a time
 * @param connectionsPerAddress open at a time from one peer address; behind a passthrough all agents may have the same
 * @param drainTimeout wait for calls at work when stopping
 */
public record ListenerSettings(
        String address,
        int port,
        int threads,
        Duration handshakeTimeout,
        Duration bodyTimeout,
        Duration idleTimeout,
        int callsPerCluster,
        int anonymousCalls,
        long bodyBytes,
        int maxConnections,
        int connectionsPerAddress,
        Duration drainTimeout) {
    public ListenerSettings {
        if (port < 0
                || port > 65_535
                || threads < 1
                || callsPerCluster < 1
                || anonymousCalls < 1
                || bodyBytes < 1
                || maxConnections < 1
                || connectionsPerAddress < 1) {
            throw new IllegalArgumentException("a limit of the agent listener is out of range");
        }
    }

    /** Good values for everything but the address. */
    public static ListenerSettings at(String address, int port) {
        return new ListenerSettings(
                address,
                port,
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(150),
                8,
                32,
                128L << 20,
                20_000,
                12_000,
                Duration.ofSeconds(5));
    }

    /** The same with other limits of connections. */
    public ListenerSettings withConnections(int most, int perAddress) {
        return new ListenerSettings(
                address,
                port,
                threads,
                handshakeTimeout,
                bodyTimeout,
                idleTimeout,
                callsPerCluster,
                anonymousCalls,
                bodyBytes,
                most,
                perAddress,
                drainTimeout);
    }
}
