package io.edgemc.bus.consume;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The wait of a consumer before it handles what came; a stop ends it. Thread-safe. */
final class Patience {
    private final long nanos;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile CountDownLatch stopping = new CountDownLatch(1);

    /** @param length zero for none */
    Patience(Duration length) {
        this.nanos = length.toNanos();
    }

    /** Waits are to be waited from now on. */
    void begin() {
        stopping = new CountDownLatch(1);
    }

    /** No wait lasts any longer, and none begins. */
    void end() {
        stopping.countDown();
    }

    /** Returns when the wait is over; true if a stop ended it. */
    boolean await() throws InterruptedException {
        if (nanos == 0) {
            return false;
        }
        waiting.incrementAndGet();
        try {
            return stopping.await(nanos, TimeUnit.NANOSECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Whether somebody waits now. */
    boolean isAwaited() {
        return waiting.get() > 0;
    }
}
