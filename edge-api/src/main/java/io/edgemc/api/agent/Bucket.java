package io.edgemc.api.agent;

import java.util.Map;

/**
 * One bucket: the hash of each object in it by its key's text.
 */
public record Bucket(int index, Map<String, String> hashes) {
    public Bucket {
        hashes = Map.copyOf(hashes);
    }
}
