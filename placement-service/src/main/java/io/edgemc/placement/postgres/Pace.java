package io.edgemc.placement.postgres;

import java.util.concurrent.locks.LockSupport;

/** Keeps work in the background to about half of one core: after each step it rests as long as the step took. One thread. */
public final class Pace {
    private static final long LONGEST_NANOS = 200_000_000;

    private long since = System.nanoTime();

    /** Ends a step. Ends the work as well, if its thread is to stop. */
    void rest() throws InterruptedException {
        LockSupport.parkNanos(Math.min(LONGEST_NANOS, System.nanoTime() - since));
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped while at rest");
        }
        since = System.nanoTime();
    }
}
