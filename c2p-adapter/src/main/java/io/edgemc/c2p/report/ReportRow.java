package io.edgemc.c2p.report;

import io.edgemc.api.object.ObjectKey;
import java.time.Instant;

/**
 * A report as it is kept.
 *
 * @param object whether there is one; false for a report that was deleted at the edge
 */
record ReportRow(
        long id,
        String clusterUid,
        ObjectKey key,
        long epoch,
        long sequence,
        String hash,
        Instant observedAt,
        boolean object,
        boolean placementMatters) {}
