package io.edgemc.placement.space;

/**
 * Bounds of the engine's memory, and of what it takes.
 *
 * @param queuedTasks writes that may wait
 * @param queuedBytes their bytes
 * @param cachedBytes bodies of current objects
 * @param recentBytes bodies of recent changes, for watchers
 * @param quota of each space
 */
public record EngineLimits(int queuedTasks, long queuedBytes, long cachedBytes, long recentBytes, SpaceQuota quota) {
    public static final EngineLimits DEFAULT =
            new EngineLimits(8_192, 64L << 20, 48L << 20, 32L << 20, SpaceQuota.NONE);

    public EngineLimits {
        if (queuedTasks < 1 || queuedBytes < 1 || cachedBytes < 1 || recentBytes < 1) {
            throw new IllegalArgumentException("every limit of the engine is at least 1");
        }
    }

    public EngineLimits withQuota(SpaceQuota other) {
        return new EngineLimits(queuedTasks, queuedBytes, cachedBytes, recentBytes, other);
    }
}
