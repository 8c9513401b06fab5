package io.edgemc.placement.space;

import org.jspecify.annotations.Nullable;

/**
 * What a view holds, or a change of it.
 *
 * @param objects of all kinds
 * @param bytes of their bodies
 */
public record Usage(long objects, long bytes) {
    static final Usage NOTHING = new Usage(0, 0);

    static Usage of(Head head) {
        return new Usage(1, head.bytes());
    }

    /** What it means that one version takes the place of another. */
    static Usage difference(@Nullable Head before, @Nullable Head after) {
        Usage sum = after == null ? NOTHING : of(after);
        return before == null ? sum : new Usage(sum.objects - 1, sum.bytes - before.bytes());
    }

    Usage plus(Usage other) {
        return new Usage(objects + other.objects, bytes + other.bytes);
    }
}
