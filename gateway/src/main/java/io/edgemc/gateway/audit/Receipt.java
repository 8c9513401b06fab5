package io.edgemc.gateway.audit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Of a record that was handed over: tells when it is on the disk. Thread-safe. */
public final class Receipt {
    private final CompletableFuture<Boolean> written = new CompletableFuture<>();

    void onDisk() {
        written.complete(true);
    }

    /** The disk refused the record, which stays in hand; nobody is to wait until it is tried again. */
    void refused() {
        written.complete(false);
    }

    /** Waits until the record is on the disk; false if the disk refuses it, that takes longer, or the caller is interrupted. */
    public boolean await(Duration limit) {
        try {
            return written.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("it never fails", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
