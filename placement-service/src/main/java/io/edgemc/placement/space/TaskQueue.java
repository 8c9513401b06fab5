package io.edgemc.placement.space;

import io.edgemc.kube.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What waits for the engine: bounded in number and bytes, emptied in batches. Thread-safe. */
final class TaskQueue {
    private final int maxTasks;
    private final long maxBytes;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    private record Waiting(EngineTask task, Instant since) {}

    TaskQueue(int maxTasks, long maxBytes, Clock clock) {
        this.maxTasks = maxTasks;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /** Refuses by {@link EngineTask#failed} when full or closed. */
    void offer(EngineTask task) {
        String refusal;
        lock.lock();
        try {
            refusal = refusal(task);
            if (refusal == null) {
                waiting.add(new Waiting(task, clock.instant()));
                bytes += task.weight();
                filled.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        task.failed(new StoreException.Unavailable(refusal, null));
    }

    private @Nullable String refusal(EngineTask task) {
        if (closed) {
            return "this server is stopping; try again";
        }
        // An empty queue takes anything, else a single large task could never get in.
        if (!waiting.isEmpty() && (waiting.size() >= maxTasks || bytes + task.weight() > maxBytes)) {
            return "too many writes are waiting (" + waiting.size() + "); try again later";
        }
        return null;
    }

    /** Waits for work; empty once the queue is closed and drained. */
    List<EngineTask> take(int most, long mostBytes) throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                filled.await();
            }
            List<EngineTask> batch = new ArrayList<>();
            long taken = 0;
            while (!waiting.isEmpty() && batch.size() < most && taken < mostBytes) {
                EngineTask task = waiting.remove().task();
                bytes -= task.weight();
                taken += task.weight();
                batch.add(task);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Everything that waits, at once. */
    List<EngineTask> drain() {
        lock.lock();
        try {
            List<EngineTask> all = waiting.stream().map(Waiting::task).toList();
            waiting.clear();
            bytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** What waits is still handed out; nothing new gets in. */
    void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    Duration age() {
        lock.lock();
        try {
            Waiting oldest = waiting.peek();
            return oldest == null ? Duration.ZERO : Duration.between(oldest.since(), clock.instant());
        } finally {
            lock.unlock();
        }
    }
}
