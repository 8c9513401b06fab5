package io.edgemc.bench.kill;

/** A change that an edge's API server was asked for and made. Keys are {@code resource[.group]/namespace/name}. */
public sealed interface EdgeRequest {
    String key();

    /**
     * edge-mc's server-side apply.
     *
     * @param body the canonical text of what was applied
     * @param state a page's content, {@code ""} for any other object
     */
    record Applied(String key, String body, String state) implements EdgeRequest {}

    /**
     * A deletion, whoever asked for it.
     *
     * @param key with the name {@code *} where a whole collection was to go
     */
    record Deleted(String key) implements EdgeRequest {
        /** Whether the object of this key is meant. */
        boolean means(String other) {
            return other.equals(key) || key.endsWith("/*") && other.startsWith(key.substring(0, key.length() - 1));
        }
    }
}
