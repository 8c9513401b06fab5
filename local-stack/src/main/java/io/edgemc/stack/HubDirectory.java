package io.edgemc.stack;

import io.edgemc.servers.process.DirectoryLock;
import java.nio.file.Path;

/**
 * Where a local hub keeps what it must not lose. Everything in it belongs to the owner alone.
 *
 * @param root absolute folder, by default {@code .edge-mc}
 */
public record HubDirectory(Path root) {
    public HubDirectory {
        root = root.toAbsolutePath().normalize();
    }

    public Path postgres() {
        return root.resolve("pg");
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    /** Keys and certificates. */
    public Path keys() {
        return root.resolve("keys");
    }

    /** Sealing keys of secret content. */
    public Path keyRing() {
        return keys().resolve("keyring");
    }

    /** Key by which the gateway vouches for who calls. */
    public Path doorKey() {
        return keys().resolve("door.key");
    }

    /** Authority of the agents' certificates and of the agent listener. */
    public Path agentAuthority() {
        return keys().resolve("agents");
    }

    /** Authority of the gateway's certificate, PEM; clients trust it. */
    public Path gatewayAuthority() {
        return keys().resolve("gateway-ca.crt");
    }

    /** Tokens that the gateway accepts, hashed. */
    public Path tokens() {
        return keys().resolve("tokens.json");
    }

    /** The administrator's token in the clear, mode 0600. */
    public Path adminToken() {
        return root.resolve("admin.token");
    }

    public Path kubeconfig() {
        return root.resolve("kubeconfig");
    }

    /** State of Kafka Streams; can be rebuilt from the topics. */
    public Path streams() {
        return root.resolve("streams");
    }

    /** Append-only record of mutations and refusals. */
    public Path audit() {
        return root.resolve("audit");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** Local edges and their syncers, a folder each. */
    public Path edges() {
        return root.resolve("edges");
    }

    /** What runs: written by the hub when it is ready, taken away when it ends. */
    public Path state() {
        return root.resolve("hub.json");
    }

    /** There if the data is thrown away on {@code down}; see {@link ThrowAway}. */
    public Path ephemeralMark() {
        return root.resolve("ephemeral");
    }

    /** Held by the hub's process while it lives. */
    public Path lock() {
        return root.resolve(DirectoryLock.FILE_NAME);
    }
}
