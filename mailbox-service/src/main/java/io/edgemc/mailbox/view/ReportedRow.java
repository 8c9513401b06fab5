package io.edgemc.mailbox.view;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.Origin;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is kept of an object's last report.
 *
 * @param body the last object seen, also if it is deleted
 * @param existed whether it was there before this report
 */
record ReportedRow(
        String clusterUid,
        ObjectKey key,
        Origin origin,
        boolean deleted,
        @Nullable ObjectNode body,
        boolean existed,
        @Nullable ObjectNode previousLabels,
        long position) {}
