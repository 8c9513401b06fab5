package io.edgemc.kube.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what is to become true, with a deadline. */
public final class Eventually {
    private static final long DEADLINE_SECONDS = 30;

    private Eventually() {}

    public static void holds(Runnable assertion) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
            }
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }
}
