package io.edgemc.placement.space;

import io.edgemc.changelog.CommitSignal;
import io.edgemc.kube.store.StoreException;
import io.edgemc.placement.space.Consequences.Result;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer of desired state. One thread takes all waiting tasks, drafts their versions, lets {@link Consequences} say what
 * follows, and commits everything in one transaction (group commit). The transaction begins by locking the counter: if another
 * replica wrote meanwhile, this one first catches up, so nothing is ever computed from a model that is behind.
 *
 * <pre>
 *   LOADING ──loaded──► READY ──the model may differ from what is stored──► LOADING
 * </pre>
 */
public final class SpaceEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpaceEngine.class);
    private static final int BATCH_TASKS = 512;
    private static final long BATCH_BYTES = 8L << 20;
    private static final int ATTEMPTS = 3;
    private static final Duration LOAD_PAUSE = Duration.ofMillis(500);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Ledger ledger;
    private final Consequences consequences;
    private final SpaceModel model;
    private final CommitSignal commits;
    private final SpaceQuota quota;
    private final Clock clock;
    private final TaskQueue queue;
    private final CatchUp catchUp;
    private final List<Consumer<List<Version>>> observers = new CopyOnWriteArrayList<>();
    private final List<Runnable> afterLoad = new ArrayList<>();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    /** Whether those in {@link #afterLoad}, which guards it, have been told of the last load. */
    private boolean loadTold;

    /** Starts to load at once. */
    public SpaceEngine(
            Ledger ledger, Consequences consequences, CommitSignal commits, EngineLimits limits, Clock clock) {
        this.ledger = ledger;
        this.consequences = consequences;
        this.commits = commits;
        this.quota = limits.quota();
        this.clock = clock;
        this.model = new SpaceModel(ledger, limits.cachedBytes(), limits.recentBytes());
        this.queue = new TaskQueue(limits.queuedTasks(), limits.queuedBytes(), clock);
        this.catchUp = new CatchUp(ledger, consequences, model, this::advanced);
        this.thread = Thread.ofPlatform().name("space-engine").start(this::run);
    }

    /** Whether the model is loaded, so that reads and writes are served. */
    public boolean isReady() {
        return model.isLoaded();
    }

    public SpaceModel model() {
        return model;
    }

    /** Age of the oldest task that waits. */
    public Duration queueAge() {
        return queue.age();
    }

    public int queueSize() {
        return queue.size();
    }

    /** Called with the versions of each commit, of this replica or another, in the engine's thread; returns at once. */
    public void observe(Consumer<List<Version>> observer) {
        observers.add(observer);
    }

    /**
     * Called once after each load of the model, in the engine's thread, and at once for the load that was before; returns at once.
     */
    public void whenLoaded(Runnable action) {
        boolean loadedBefore;
        synchronized (afterLoad) {
            afterLoad.add(action);
            loadedBefore = loadTold && model.isLoaded();
        }
        if (loadedBefore) {
            action.run();
        }
    }

    /** Hands a task over; it fails at once if too much waits. */
    public void submit(EngineTask task) {
        queue.offer(task);
    }

    /** Looks soon whether another replica wrote. Many calls are one. */
    public void refresh() {
        if (Thread.currentThread() == thread) {
            // Its own commit is told: there is nothing that it does not know.
            return;
        }
        if (model.isLoaded() && refreshing.compareAndSet(false, true)) {
            queue.offer(new Refresh());
        }
    }

    /** Looks, after a pause and until it could, what became of a commit. */
    private void lookAgain() {
        if (stop.getCount() > 0) {
            CompletableFuture.delayedExecutor(LOAD_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::refresh);
        }
    }

    private void run() {
        try {
            while (true) {
                if (!model.isLoaded()) {
                    if (!load()) {
                        return;
                    }
                    continue;
                }
                List<EngineTask> batch = queue.take(BATCH_TASKS, BATCH_BYTES);
                if (batch.isEmpty()) {
                    return;
                }
                process(batch);
            }
        } catch (InterruptedException stopped) {
            LOG.info("the engine was stopped with {} writes waiting", queue.size());
        }
        refuseWaiting("this server is stopping; try again");
    }

    /** False if the engine is to end. */
    private boolean load() throws InterruptedException {
        try {
            reload();
            return true;
        } catch (RuntimeException failure) {
            if (failure instanceof LedgerException) {
                LOG.warn("cannot load the model, will try again: {}", failure.toString());
            } else {
                LOG.error("cannot load the model, will try again", failure);
            }
            refuseWaiting(LedgerException.Reason.UNREACHABLE.advice());
            return !stop.await(LOAD_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Also tells everybody: the load may have committed a difference, or have found what nobody here was told of. */
    private void reload() {
        synchronized (afterLoad) {
            loadTold = false;
        }
        catchUp.load();
        try {
            commits.committed();
            List<Runnable> waiting;
            synchronized (afterLoad) {
                loadTold = true;
                waiting = List.copyOf(afterLoad);
            }
            waiting.forEach(Runnable::run);
        } catch (RuntimeException failure) {
            model.unload();
            throw failure;
        }
    }

    private void refuseWaiting(String reason) {
        for (EngineTask task : queue.drain()) {
            task.failed(new StoreException.Unavailable(reason, null));
        }
    }

    private void process(List<EngineTask> tasks) {
        Set<EngineTask> told = Collections.newSetFromMap(new IdentityHashMap<>());
        try {
            Outcome outcome = commit(tasks, told);
            for (int attempt = 1; outcome != Outcome.DONE; attempt++) {
                if (attempt == ATTEMPTS) {
                    throw new LedgerException(
                            outcome == Outcome.LOST
                                    ? LedgerException.Reason.UNREACHABLE
                                    : LedgerException.Reason.OVERLOADED,
                            null);
                }
                if (outcome == Outcome.BEHIND) {
                    model.unload();
                    reload();
                }
                outcome = commit(untold(tasks, told), told);
            }
        } catch (LedgerException failure) {
            LOG.warn(
                    "a commit of {} tasks failed: {}: {}",
                    tasks.size(),
                    failure.reason(),
                    String.valueOf(failure.getCause()));
            refuse(tasks, told, new StoreException.Unavailable(failure.reason().advice(), failure));
        } catch (RuntimeException defect) {
            model.unload();
            if (tasks.size() > 1) {
                LOG.error("a commit of {} writes failed, taking them one by one", tasks.size(), defect);
                untold(tasks, told).forEach(this::retryAlone);
            } else {
                LOG.error("a write could not be processed", defect);
                refuse(
                        tasks,
                        told,
                        new StoreException.Invalid(
                                "",
                                "the hub cannot process this object: "
                                        + defect.getClass().getSimpleName()));
            }
        }
    }

    private void retryAlone(EngineTask task) {
        if (!model.isLoaded()) {
            try {
                reload();
            } catch (RuntimeException failure) {
                task.failed(new StoreException.Unavailable("the model could not be loaded", failure));
                return;
            }
        }
        process(List.of(task));
    }

    /** What became of an attempt to commit; only the first leaves anything stored. */
    private enum Outcome {
        DONE,
        /** The model has to be loaded anew before. */
        BEHIND,
        /** The connection died, as all do that were open when the database was started again. */
        LOST
    }

    /** @param told gets every task that was answered */
    private Outcome commit(List<EngineTask> tasks, Set<EngineTask> told) {
        Draft draft;
        List<EngineTask> accepted;
        try (Ledger.Session session = ledger.begin()) {
            try {
                if (!catchUp.align(session)) {
                    return Outcome.BEHIND;
                }
                draft = new Draft(model, quota, session.position(), clock.instant());
                accepted = draftAll(tasks, draft, told);
                if (!draft.isEmpty()) {
                    store(session, draft, consequences.follow(draft));
                }
            } catch (RuntimeException failure) {
                consequences.rolledBack();
                if (failure instanceof LedgerException lost && lost.isLost()) {
                    LOG.info("the database went away before a commit: {}", String.valueOf(lost.getCause()));
                    return Outcome.LOST;
                }
                throw failure;
            }
        }
        try {
            if (!draft.isEmpty()) {
                consequences.committed();
                advanced(draft.versions());
            }
        } catch (RuntimeException failure) {
            LOG.error("a commit stands, and the model could not follow it; loading it anew", failure);
            model.unload();
        } finally {
            // The commit stands: whoever asked hears of it, whatever those who follow it make of it.
            succeeded(accepted, told);
        }
        return Outcome.DONE;
    }

    private static void succeeded(List<EngineTask> accepted, Set<EngineTask> told) {
        told.addAll(accepted);
        for (EngineTask task : accepted) {
            try {
                task.committed();
            } catch (RuntimeException defect) {
                LOG.error("a commit stands, and who asked for it could not be told", defect);
            }
        }
    }

    private static List<EngineTask> draftAll(List<EngineTask> tasks, Draft draft, Set<EngineTask> told) {
        List<EngineTask> accepted = new ArrayList<>(tasks.size());
        for (EngineTask task : tasks) {
            try {
                task.draft(draft);
                accepted.add(task);
            } catch (StoreException refusal) {
                task.failed(refusal);
                told.add(task);
            }
        }
        return accepted;
    }

    private void store(Ledger.Session session, Draft draft, Result result) {
        Ledger.Commit commit = new Ledger.Commit(
                session.position(),
                draft.versions(),
                result.contents(),
                result.clusters(),
                result.targets(),
                draft.events(),
                draft.progress(),
                draft.returned());
        if (!commit.isEmpty()) {
            session.write(commit);
            try {
                session.commit();
            } catch (LedgerException unknown) {
                // It may be durable, and then nobody else tells this process of it.
                lookAgain();
                throw unknown.ofCommit();
            }
            model.advance(draft.versions(), session.position() + commit.size());
        }
    }

    private void advanced(List<Version> versions) {
        commits.committed();
        for (Consumer<List<Version>> observer : observers) {
            observer.accept(versions);
        }
    }

    /** Tasks that were refused by themselves have been told already. */
    private static void refuse(List<EngineTask> tasks, Set<EngineTask> told, StoreException reason) {
        untold(tasks, told).forEach(task -> task.failed(reason));
    }

    private static List<EngineTask> untold(List<EngineTask> tasks, Set<EngineTask> told) {
        return tasks.stream().filter(task -> !told.contains(task)).toList();
    }

    /** Stops taking work, finishes what waits, ends. */
    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        queue.close();
        if (!thread.join(STOP_LIMIT)) {
            thread.interrupt();
            thread.join();
        }
    }

    /** Does nothing by itself: the engine aligns its model before each commit. */
    private final class Refresh implements EngineTask {
        @Override
        public void draft(Draft draft) {
            refreshing.set(false);
        }

        @Override
        public void committed() {}

        @Override
        public void failed(StoreException reason) {
            refreshing.set(false);
            lookAgain();
        }

        @Override
        public int weight() {
            return 0;
        }
    }
}
