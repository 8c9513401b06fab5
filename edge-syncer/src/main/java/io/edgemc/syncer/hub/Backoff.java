package io.edgemc.syncer.hub;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures: exponential between the limits that the hub tells, with jitter, so that a fleet that lost its
 * hub does not come back in step. Not thread-safe.
 */
public final class Backoff {
    private final RandomGenerator random;
    private long minMillis;
    private long maxMillis;
    private int failures;

    public Backoff(Duration min, Duration max, RandomGenerator random) {
        this.random = random;
        this.minMillis = 1;
        this.maxMillis = 1;
        limit(min, max);
    }

    /** Takes over limits that the hub told. */
    public void limit(Duration min, Duration max) {
        minMillis = Math.max(1, min.toMillis());
        maxMillis = Math.max(minMillis, max.toMillis());
    }

    /** After a success. */
    public void reset() {
        failures = 0;
    }

    /**
     * After one more failure: the wait until the next attempt.
     *
     * @param told what the hub asked for; the wait is then between that and 1.5 times that
     */
    public Duration next(Optional<Duration> told) {
        long ceiling = Math.min(maxMillis, minMillis << Math.min(failures, 20));
        failures++;
        long exponential = ceiling / 2 + random.nextLong(ceiling / 2 + 1);
        long asked = told.map(Duration::toMillis)
                .map(t -> t + random.nextLong(t / 2 + 1))
                .orElse(0L);
        return Duration.ofMillis(Math.max(exponential, asked));
    }
}
