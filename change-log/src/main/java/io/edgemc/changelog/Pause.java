package io.edgemc.changelog;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Lengths of waits, all with jitter so that replicas do not move in step. */
final class Pause {
    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long LONGEST_RETRY_MILLIS = 10_000;

    private Pause() {}

    /** Between {@code base} and one and a half of it. */
    static Duration jittered(Duration base) {
        long millis = base.toMillis();
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    /** Doubles with each failure in a row, from the first on, up to a bound. */
    static Duration retry(int failures) {
        long doubled = FIRST_RETRY_MILLIS << Math.min(Math.max(failures - 1, 0), 10);
        return jittered(Duration.ofMillis(Math.min(doubled, LONGEST_RETRY_MILLIS)));
    }
}
