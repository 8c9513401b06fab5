package io.edgemc.mailbox.postbox;

import io.edgemc.api.inventory.ClusterState;
import io.edgemc.api.target.TargetState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a mailbox without asking the database.
 *
 * @param targetRevision 0 before the first target
 * @param targetPosition last position of the changes that the target brought
 * @param writtenAt when the write was committed that the target follows from, null if unknown
 * @param epoch current session, 0 before the first
 * @param appliedRevision as it was when the row last moved; may lag behind
 */
public record MailboxHead(
        String clusterUid,
        String clusterName,
        ClusterState state,
        long recordRevision,
        long targetRevision,
        TargetState target,
        long targetPosition,
        String traceparent,
        @Nullable Instant writtenAt,
        long epoch,
        long appliedRevision,
        long position) {}
