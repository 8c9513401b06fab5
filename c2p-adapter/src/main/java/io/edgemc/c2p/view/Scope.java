package io.edgemc.c2p.view;

import org.jspecify.annotations.Nullable;

/**
 * What a view shows.
 *
 * @param cluster name of the one cluster whose objects it shows, under their own names; null: all, renamed
 */
record Scope(@Nullable String cluster) {
    static final Scope MERGED = new Scope(null);

    /** Condition on rows {@code v}, with at most the cluster as a parameter. */
    String condition() {
        // The merged view has namespaces of its own: one for all clusters that have one of the name.
        return cluster == null ? "(v.resource <> 'namespaces' or v.cluster_uid = '')" : "v.cluster = ?";
    }

    Object[] arguments() {
        return cluster == null ? new Object[0] : new Object[] {cluster};
    }

    /** Column of the name that this view shows. */
    String name() {
        return cluster == null ? "merged_name" : "name";
    }
}
