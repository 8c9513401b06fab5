package io.edgemc.syncer.apply;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.life.StopSignal;
import io.edgemc.syncer.log.LogKeys;
import io.edgemc.syncer.state.EdgeState;
import io.edgemc.syncer.state.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the objects that are due, wave by wave, some at a time. One batch after the other, so an object is never worked on
 * twice at once; what comes meanwhile makes the next batch.
 */
public final class ApplyLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ApplyLoop.class);
    private static final int AT_ONCE = 8;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final EdgeState state;
    private final ObjectWorker worker;
    private final Definitions definitions;
    private final ApplyListener listener;
    private final Executor executor;
    private final StopSignal stop;
    private final DueQueue queue;
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition atRest = lock.newCondition();
    private boolean busy;

    ApplyLoop(
            EdgeState state,
            ObjectWorker worker,
            Definitions definitions,
            DueQueue queue,
            ApplyListener listener,
            Executor executor,
            StopSignal stop) {
        this.state = state;
        this.worker = worker;
        this.definitions = definitions;
        this.queue = queue;
        this.listener = listener;
        this.executor = executor;
        this.stop = stop;
    }

    /** The hub asks for something else of these objects: worked on at once, earlier failures forgotten. */
    public void submit(Collection<ObjectKey> keys) {
        keys.forEach(worker::reset);
        queue.addAll(keys, Duration.ZERO);
    }

    /** Waits until nothing is due; false if that takes longer than the limit. */
    public boolean awaitRest(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (busy || queue.hasDue()) {
                if (left <= 0) {
                    return false;
                }
                left = atRest.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        while (!stop.isStopped()) {
            List<ObjectKey> due = List.of();
            try {
                due = queue.take();
                setBusy(true);
                try {
                    work(due);
                    state.checkpoint();
                } finally {
                    setBusy(false);
                }
                listener.rested();
            } catch (InterruptedException e) {
                return;
            } catch (java.io.IOException | java.io.UncheckedIOException e) {
                log.atError().setCause(e).log("the state cannot be written; is the disk full?");
                queue.addAll(due, AFTER_FAILURE);
                if (stop.await(AFTER_FAILURE)) {
                    return;
                }
            } catch (RuntimeException | Error e) {
                // Whatever it was, what it kept from being done is not forgotten when this loop is started again.
                queue.addAll(due, AFTER_FAILURE);
                throw e;
            }
        }
    }

    private void setBusy(boolean now) {
        lock.lock();
        try {
            busy = now;
            atRest.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work(List<ObjectKey> due) throws InterruptedException {
        Map<Wave, List<Held>> waves = new EnumMap<>(Wave.class);
        for (ObjectKey key : due) {
            state.find(key)
                    .ifPresent(held -> waves.computeIfAbsent(Wave.of(held), w -> new ArrayList<>())
                            .add(held));
        }
        for (Map.Entry<Wave, List<Held>> wave : waves.entrySet()) {
            inParallel(wave.getValue());
            if (wave.getKey() == Wave.APPLY_DEFINITIONS) {
                definitions.awaitEstablished(wave.getValue());
                listener.definitionsChanged();
            }
        }
    }

    private void inParallel(List<Held> objects) throws InterruptedException {
        if (objects.size() == 1) {
            worker.work(objects.getFirst());
            return;
        }
        Map<ObjectKey, FutureTask<Void>> tasks = new LinkedHashMap<>();
        for (Held held : objects) {
            permits.acquire();
            FutureTask<Void> task = new FutureTask<>(
                    () -> {
                        try {
                            worker.work(held);
                        } finally {
                            permits.release();
                        }
                    },
                    null);
            tasks.put(held.key(), task);
            executor.execute(task);
        }
        for (Map.Entry<ObjectKey, FutureTask<Void>> task : tasks.entrySet()) {
            try {
                task.getValue().get();
            } catch (ExecutionException e) {
                log.atError()
                        .setCause(e.getCause())
                        .addKeyValue(LogKeys.OBJECT, task.getKey().text())
                        .log("an object could not be worked on; trying again");
                queue.add(task.getKey(), AFTER_FAILURE);
            }
        }
    }
}
