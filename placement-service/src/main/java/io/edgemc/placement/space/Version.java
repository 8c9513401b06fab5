package io.edgemc.placement.space;

import io.edgemc.kube.store.StoredObject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of an object, stored or about to be.
 *
 * @param body null for a tombstone
 * @param previous the version that it replaced, null if it is the first
 * @param contentPosition version in which something other than status last changed
 * @param revision names the group commit
 */
public record Version(
        ObjectRef ref,
        long position,
        String uid,
        @Nullable Body body,
        @Nullable StoredObject previous,
        long contentPosition,
        long revision,
        Origin origin,
        Instant committedAt) {
    /** The object's JSON and what is known of it without parsing. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Body(Map<String, String> labels, byte[] bytes, int splice) {}

    /** Who caused a version. */
    public record Origin(String actor, String requestId, String traceparent) {}

    public boolean isTombstone() {
        return body == null;
    }

    public Head head() {
        return new Head(position, contentPosition, uid, body == null ? 0 : body.bytes().length);
    }

    /** The object as it is shown; null for a tombstone. */
    public @Nullable StoredObject stored() {
        return body == null
                ? null
                : new StoredObject(
                        ref.kind(),
                        ref.namespace(),
                        ref.name(),
                        uid,
                        position,
                        body.labels(),
                        body.bytes(),
                        body.splice());
    }
}
