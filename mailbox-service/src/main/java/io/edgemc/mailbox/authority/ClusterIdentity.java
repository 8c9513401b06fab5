package io.edgemc.mailbox.authority;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who an agent is: exactly one cluster, by its uid. Names and prefixes mean nothing.
 *
 * @param clusterUid uid of the cluster, as in the inventory
 */
public record ClusterIdentity(String clusterUid) {
    private static final String PREFIX = "spiffe://edge-mc/cluster/";
    private static final Pattern UID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public ClusterIdentity {
        if (!UID.matcher(clusterUid).matches()) {
            throw new IllegalArgumentException("not a cluster uid");
        }
    }

    /** The identity that a URI names, byte for byte; nothing that merely resembles one is an identity. */
    public static Optional<ClusterIdentity> parse(String uri) {
        if (!uri.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String uid = uri.substring(PREFIX.length());
        return UID.matcher(uid).matches() ? Optional.of(new ClusterIdentity(uid)) : Optional.empty();
    }

    /** The URI that certificates carry. */
    public String uri() {
        return PREFIX + clusterUid;
    }
}
