package io.edgemc.bench.hub;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Callers that write as fast as they are answered. */
public final class ParallelWrites {
    private ParallelWrites() {}

    /** Runs {@code write} for 0 to {@code count - 1} by {@code callers} at a time; throws the first failure. */
    public static void run(int callers, int count, IntConsumer write) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<?>[] all = new CompletableFuture<?>[callers];
            for (int caller = 0; caller < callers; caller++) {
                all[caller] = CompletableFuture.runAsync(
                        () -> {
                            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                                write.accept(i);
                            }
                        },
                        executor);
            }
            CompletableFuture.allOf(all).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
