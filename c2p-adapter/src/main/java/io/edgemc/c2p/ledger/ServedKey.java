package io.edgemc.c2p.ledger;

/**
 * An object of the view.
 *
 * @param clusterUid {@code ""} for what only the merged view shows
 * @param cluster name of the cluster, {@code ""} as well then
 */
public record ServedKey(
        String clusterUid, String cluster, String group, String resource, String namespace, String name) {
    /** Whether it shows in the merged view alone. */
    public boolean mergedOnly() {
        return clusterUid.isEmpty();
    }
}
