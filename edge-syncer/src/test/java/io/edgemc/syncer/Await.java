package io.edgemc.syncer;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions of processes that cannot call back. */
final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private Await() {}

    /** Until the check throws nothing; then, or at the limit, its outcome counts. */
    static void untilAsserted(ThrowingRunnable check) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError | Exception e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e instanceof AssertionError failed ? failed : new AssertionError(e);
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    static void until(Callable<Boolean> condition) {
        untilAsserted(() -> {
            if (!condition.call()) {
                throw new AssertionError("the condition did not come to hold");
            }
        });
    }

    interface ThrowingRunnable {
        void run() throws Exception;
    }
}
