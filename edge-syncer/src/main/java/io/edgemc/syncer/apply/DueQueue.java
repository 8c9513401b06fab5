package io.edgemc.syncer.apply;

import io.edgemc.api.object.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Objects to be worked on, each once, at its time. Thread-safe. */
final class DueQueue {
    private final Map<ObjectKey, Long> due = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LongSupplier nanoTime;

    DueQueue(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Not later than after this time. */
    void add(ObjectKey key, Duration delay) {
        addAll(List.of(key), delay);
    }

    /** All at once, so that they are taken together, and in their order. */
    void addAll(Collection<ObjectKey> keys, Duration delay) {
        long at = nanoTime.getAsLong() + delay.toNanos();
        lock.lock();
        try {
            keys.forEach(key -> due.merge(key, at, (a, b) -> a - b < 0 ? a : b));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is due, and takes all that is. */
    List<ObjectKey> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = nanoTime.getAsLong();
                List<ObjectKey> taken = takeDue(now);
                if (!taken.isEmpty()) {
                    return taken;
                }
                long wait = nextWait(now);
                if (wait == Long.MAX_VALUE) {
                    changed.await();
                } else {
                    long left = changed.awaitNanos(wait);
                    assert left <= wait;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether anything is due now. */
    boolean hasDue() {
        lock.lock();
        try {
            return nextWait(nanoTime.getAsLong()) <= 0;
        } finally {
            lock.unlock();
        }
    }

    private List<ObjectKey> takeDue(long now) {
        List<ObjectKey> taken = new ArrayList<>();
        Iterator<Map.Entry<ObjectKey, Long>> entries = due.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<ObjectKey, Long> entry = entries.next();
            if (entry.getValue() - now <= 0) {
                taken.add(entry.getKey());
                entries.remove();
            }
        }
        return taken;
    }

    private long nextWait(long now) {
        long wait = Long.MAX_VALUE;
        for (long at : due.values()) {
            wait = Math.min(wait, at - now);
        }
        return wait;
    }
}
