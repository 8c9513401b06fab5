package io.edgemc.changelog;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A signal that coalesces: many calls of {@link #signal} before a wait are one. For one waiter. Thread-safe. */
public final class Wakeup {
    private final Semaphore permits = new Semaphore(0);

    /** Wakes the waiter, or lets its next wait return at once. Never blocks. */
    public void signal() {
        if (permits.availablePermits() == 0) {
            permits.release();
        }
    }

    /** Waits for a signal since the last wait, at most {@code limit}. */
    public boolean await(Duration limit) throws InterruptedException {
        boolean woken = permits.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
        permits.drainPermits();
        return woken;
    }
}
