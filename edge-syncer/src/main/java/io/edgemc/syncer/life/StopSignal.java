package io.edgemc.syncer.life;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells all loops to end, and lets them wait for that or for a while. Thread-safe. */
public final class StopSignal {
    private final CountDownLatch latch = new CountDownLatch(1);

    public void stop() {
        latch.countDown();
    }

    public boolean isStopped() {
        return latch.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    /** Waits; true if it is time to end. */
    public boolean await(Duration time) {
        try {
            return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Waits until stopped. */
    public void await() throws InterruptedException {
        latch.await();
    }
}
