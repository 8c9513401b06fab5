package io.edgemc.syncer.life;

import java.time.Duration;

/** Something happened since one looked last; many times count once. Thread-safe. */
public final class Signal {
    private boolean raised;

    public synchronized void raise() {
        raised = true;
        notifyAll();
    }

    /** Waits until raised or for a while, and lowers it. */
    public synchronized void await(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!raised) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return;
            }
            wait(Math.max(1, left / 1_000_000));
        }
        raised = false;
    }
}
