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
 * @param targetAt when the target was committed here, null before the first
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
        @Nullable Instant targetAt,
        long epoch,
        long appliedRevision,
        long position) {}
