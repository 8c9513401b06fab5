package io.edgemc.placement.resolve;

import io.edgemc.api.object.ObjectKey;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** One committed change of an object in a space, or of a cluster in the inventory. */
public sealed interface Change {
    /** Who asked for it. */
    Cause cause();

    /**
     * An object was created or updated.
     *
     * @param uid the object's own uid in its space
     * @param revision position of the version in which something other than {@code status} and what the hub itself writes
     *     (annotation {@code edge-mc.io/executing-count}) last changed. It decides conflicts of policy {@code latest}, so it must
     *     survive a restart; a write of status alone keeps the former one.
     * @param body the complete object; called at most once, within the call that gets this change
     */
    record ObjectWritten(String space, ObjectKey key, String uid, long revision, Supplier<ObjectNode> body, Cause cause)
            implements Change {}

    /** An object is gone for good (its finalizers are done). */
    record ObjectDeleted(String space, ObjectKey key, Cause cause) implements Change {}

    /** A cluster was registered, or something of it that matters here changed. */
    record ClusterWritten(ClusterFacts cluster, Cause cause) implements Change {}

    /** A cluster is decommissioned and gone; it has no target any more. */
    record ClusterGone(String clusterUid, Cause cause) implements Change {}
}
