package io.edgemc.api.agent;

import java.util.List;

/**
 * Either the same, or the hub's bucket hashes.
 *
 * @param buckets {@link ReportTree#BUCKETS} hashes, empty if the same
 */
public record ReconcileResponse(boolean same, List<String> buckets) {
    public ReconcileResponse {
        buckets = List.copyOf(buckets);
    }
}
