package io.edgemc.gateway.audit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Of a record that was handed over: tells when it is on the disk. Thread-safe. */
public final class Receipt {
    private final CountDownLatch written = new CountDownLatch(1);

    void onDisk() {
        written.countDown();
    }

    /** Waits until the record is on the disk; false if that takes longer, or if the caller is interrupted. */
    public boolean await(Duration limit) {
        try {
            return written.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
