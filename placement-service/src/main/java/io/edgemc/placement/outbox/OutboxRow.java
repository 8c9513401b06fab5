package io.edgemc.placement.outbox;

import io.edgemc.api.content.Content;
import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.target.Target;

/** A row of a state table, as it is now. */
public sealed interface OutboxRow {
    long position();

    /** A content that is new, or wanted again. */
    record ContentRow(long position, Content content) implements OutboxRow {}

    /** A content that nothing needs any more. */
    record ContentGone(long position, String digest) implements OutboxRow {}

    record ClusterRow(long position, ClusterRecord record) implements OutboxRow {}

    /** A cluster that is gone, and its target with it. */
    record ClusterGone(long position, String uid) implements OutboxRow {}

    record TargetRow(long position, Target target) implements OutboxRow {}

    /**
     * @param key uid of the cluster it is about, or what stands for none
     * @param json the event
     */
    record EventRow(long position, String key, String json) implements OutboxRow {}
}
