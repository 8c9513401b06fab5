package io.edgemc.syncer.apply;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How soon a drifted object is repaired: at once, but ever more slowly if it drifts again and again, so that someone who edits
 * it every second does not make us write every second. After a quiet time it is repaired at once again.
 *
 * @param repairs repairs in this streak
 * @param lastNanos when the last one was, by the monotonic clock
 */
record RepairPacing(int repairs, long lastNanos) {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** One more repair. */
    static RepairPacing after(@Nullable RepairPacing before, long nowNanos) {
        int streak = before == null || before.isOver(nowNanos) ? 0 : before.repairs;
        return new RepairPacing(streak + 1, nowNanos);
    }

    /** From now until the next repair may be. */
    Duration delay(long nowNanos) {
        if (isOver(nowNanos)) {
            return Duration.ZERO;
        }
        Duration left = gap().minusNanos(nowNanos - lastNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The least time between the last repair and the next. */
    private Duration gap() {
        Duration gap = FIRST.multipliedBy(1L << Math.min(repairs - 1, 10));
        return gap.compareTo(LONGEST) < 0 ? gap : LONGEST;
    }

    private boolean isOver(long nowNanos) {
        return Duration.ofNanos(nowNanos - lastNanos).compareTo(gap().multipliedBy(3)) > 0;
    }
}
