package io.edgemc.kube.conformance;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Managed fields have times in whole seconds: steps that are to be told apart by them begin in seconds of their own. */
final class Seconds {
    private static final long A_LITTLE_LATER_MILLIS = 20;

    private Seconds() {}

    static void awaitNext() {
        long now = System.currentTimeMillis();
        long wait = 1000 - now % 1000 + A_LITTLE_LATER_MILLIS;
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS))
                .join();
    }
}
