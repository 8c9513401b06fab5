package io.edgemc.api.agent;

import java.util.List;

/**
 * The content of the buckets that differ.
 */
public record BucketsRequest(long epoch, List<Bucket> buckets) {
    public BucketsRequest {
        buckets = List.copyOf(buckets);
    }
}
