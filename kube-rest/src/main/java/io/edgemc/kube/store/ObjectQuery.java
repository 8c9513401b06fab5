package io.edgemc.kube.store;

import org.jspecify.annotations.Nullable;

/**
 * One page of a list, ordered by (namespace, name), over one snapshot.
 *
 * @param kind which kind
 * @param namespace one namespace, or null for all
 * @param snapshot position to read at; 0 = the latest
 * @param after last (namespace, name) of the page before, null for the first page
 * @param limit most objects to return; 0 = all
 * @param counted whether it matters how many objects follow: to count them may cost as much as to read them
 */
public record ObjectQuery(
        KindRef kind,
        @Nullable String namespace,
        long snapshot,
        @Nullable After after,
        int limit,
        boolean counted) {
    /** Where nobody asks how many follow. */
    public ObjectQuery(KindRef kind, @Nullable String namespace, long snapshot, @Nullable After after, int limit) {
        this(kind, namespace, snapshot, after, limit, false);
    }

    /** The last key that the page before held. */
    public record After(String namespace, String name) {}
}
