package io.edgemc.servers.kube;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * How to run a local edge.
 *
 * @param name of the context in its kubeconfig; a DNS label
 * @param directory holds database, keys and logs; survives stop and crash; made (owner only) where absent
 * @param port of the API server on 127.0.0.1; 0 for the one it had last time or, failing that, any free one
 * @param durability what a crash of the machine may cost
 * @param audited whether the API server keeps an audit log of the changes it is asked for
 * @param extent which parts of a cluster run
 */
public record LocalEdgeOptions(
        String name, Path directory, int port, Durability durability, boolean audited, Extent extent) {
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /** A crash of the processes alone loses nothing in either mode. */
    public enum Durability {
        /** What is acknowledged is on the disk. */
        DURABLE,
        /** etcd does not wait for the disk; for tests. */
        FAST
    }

    /** Which parts of a cluster run. */
    public enum Extent {
        /** Its API server and those controllers that need no node. */
        CLUSTER,
        /**
         * The API server alone, and of its admission only that namespaces must exist: nothing acts by what an object
         * says. A reference for APIs that store the same objects.
         */
        API_ALONE
    }

    public LocalEdgeOptions {
        if (!DNS_LABEL.matcher(name).matches()) {
            throw new IllegalArgumentException("name must be a DNS label, is '" + name + "'");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0..65535, is " + port);
        }
        directory = directory.toAbsolutePath().normalize();
    }

    /** Durable, any free port. */
    public static LocalEdgeOptions durable(String name, Path directory) {
        return new LocalEdgeOptions(name, directory, 0, Durability.DURABLE, false, Extent.CLUSTER);
    }

    /** For tests: etcd does not wait for the disk, any free port. */
    public static LocalEdgeOptions fast(String name, Path directory) {
        return new LocalEdgeOptions(name, directory, 0, Durability.FAST, false, Extent.CLUSTER);
    }

    public LocalEdgeOptions withPort(int newPort) {
        return new LocalEdgeOptions(name, directory, newPort, durability, audited, extent);
    }

    /** The same with an audit log, see {@link EdgeAudit}. */
    public LocalEdgeOptions withAudit() {
        return new LocalEdgeOptions(name, directory, port, durability, true, extent);
    }

    /** The same without controllers and without admission by content, see {@link Extent#API_ALONE}. */
    public LocalEdgeOptions withoutEffects() {
        return new LocalEdgeOptions(name, directory, port, durability, audited, Extent.API_ALONE);
    }
}
