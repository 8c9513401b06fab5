package io.edgemc.api.agent;

import java.util.List;

/**
 * Which objects the hub wants reported anew; what it had beyond the buckets it marks as deleted by itself.
 *
 * @param send key texts
 */
public record BucketsResponse(List<String> send) {
    public BucketsResponse {
        send = List.copyOf(send);
    }
}
