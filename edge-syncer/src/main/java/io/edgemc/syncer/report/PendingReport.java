package io.edgemc.syncer.report;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.Origin;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something to tell the hub about one object; a later one of the same object replaces it.
 *
 * @param deleted it is gone
 * @param object its reported form, null if deleted or if it is to be read again when it is sent
 * @param size about how many bytes it holds
 * @param observedAt RFC 3339
 */
record PendingReport(
        ObjectKey key,
        Origin origin,
        boolean deleted,
        @Nullable ObjectNode object,
        String hash,
        int size,
        String observedAt,
        String trace) {
    boolean mustBeRead() {
        return !deleted && object == null;
    }

    /** Without the object, to be read again. */
    PendingReport light() {
        return new PendingReport(key, origin, deleted, null, hash, 0, observedAt, trace);
    }
}
