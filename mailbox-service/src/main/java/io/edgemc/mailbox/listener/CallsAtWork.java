package io.edgemc.mailbox.listener;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls at work per caller, so that one caller cannot take everything. Thread-safe. */
final class CallsAtWork {
    private final ConcurrentHashMap<String, Integer> byCaller = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();

    /** Takes a place; false if the caller has as many as it may. */
    boolean begin(String caller, int limit) {
        boolean[] taken = {false};
        byCaller.compute(caller, (key, count) -> {
            int now = count == null ? 0 : count;
            taken[0] = now < limit;
            return taken[0] ? Integer.valueOf(now + 1) : count;
        });
        if (taken[0]) {
            all.incrementAndGet();
        }
        return taken[0];
    }

    void end(String caller) {
        byCaller.computeIfPresent(caller, (key, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        all.decrementAndGet();
    }

    int size() {
        return all.get();
    }
}
