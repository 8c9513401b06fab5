package io.edgemc.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes are to bring about, with a deadline. */
final class Until {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Until() {}

    /** Until the assertion holds; at the limit its failure counts. */
    static void holds(Assertion assertion) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                assertion.check();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    interface Assertion {
        void check() throws Exception;
    }
}
