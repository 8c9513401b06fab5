package io.edgemc.kube.watch;

import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one store's changes, keeps the latest ones in memory and hands them to watchers. It is woken by the store, never by
 * a timer. See DESIGN.md, "Watch". Thread-safe.
 */
public final class WatchHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchHub.class);
    private static final int BATCH = 512;
    static final int RING_EVENTS = 4096;
    private static final long RING_BYTES = 16L << 20;
    private static final int RETRY_MILLIS = 500;

    private final KubeStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private final Deque<HubEvent> ring = new ArrayDeque<>();
    private final Set<Watcher> watchers = new HashSet<>();
    private final List<Consumer<StoredChange>> followers = new CopyOnWriteArrayList<>();
    private final AutoCloseable registration;
    private long ringBytes;
    private long ringStart;
    private long tail;
    private long announced;
    /** Somebody announced less than was handed out: late news, or a store that went back. */
    private boolean doubtful;

    private boolean closed;

    public WatchHub(KubeStore store) {
        this.store = store;
        this.registration = store.onAdvance(this::announce);
        this.tail = store.position();
        this.ringStart = tail;
        this.announced = Math.max(announced, tail);
        Thread.ofVirtual().name("watch-hub").start(this::pump);
    }

    /** Calls {@code follower} with every later change, in order, on the hub's own thread. It must be fast. */
    public void follow(Consumer<StoredChange> follower) {
        followers.add(follower);
    }

    /** How many watchers are attached. */
    public int watchers() {
        lock.lock();
        try {
            return watchers.size();
        } finally {
            lock.unlock();
        }
    }

    /** Attaches the watcher if everything after its position is in memory; else it must read on from the store first. */
    boolean attach(Watcher watcher, long after) {
        lock.lock();
        try {
            if (closed) {
                watcher.end();
                return true;
            }
            if (after < ringStart) {
                return false;
            }
            List<HubEvent> backlog = new ArrayList<>();
            for (HubEvent event : ring.reversed()) {
                if (event.change().position() <= after) {
                    break;
                }
                backlog.add(event);
            }
            watcher.begin(after, backlog.reversed());
            watchers.add(watcher);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void detach(Watcher watcher) {
        lock.lock();
        try {
            watchers.remove(watcher);
        } finally {
            lock.unlock();
        }
    }

    /** The position up to which everything was handed out. */
    public long tail() {
        lock.lock();
        try {
            return tail;
        } finally {
            lock.unlock();
        }
    }

    /** The tail if the watcher has nothing left to send, else -1. */
    long tailIfDrained(Watcher watcher) {
        lock.lock();
        try {
            return watcher.isDrained() ? tail : -1;
        } finally {
            lock.unlock();
        }
    }

    private void announce(long position) {
        lock.lock();
        try {
            doubtful |= position < tail;
            announced = Math.max(announced, position);
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pump() {
        while (true) {
            long from;
            long reached;
            boolean look;
            lock.lock();
            try {
                while (!closed && announced <= tail && !doubtful) {
                    advanced.awaitUninterruptibly();
                }
                if (closed) {
                    return;
                }
                from = tail;
                reached = announced;
                look = doubtful;
                doubtful = false;
            } finally {
                lock.unlock();
            }
            try {
                if (look && wentBack()) {
                    continue;
                }
                List<StoredChange> changes = store.changesAfter(from, BATCH);
                hand(changes, changes.size() < BATCH ? reached : 0);
            } catch (StoreException.Expired e) {
                restart(store.position());
            } catch (RuntimeException e) {
                LOG.warn("Changes of a view cannot be read; trying again", e);
                doubtAgain(look);
                rest();
            }
        }
    }

    private void hand(List<StoredChange> changes, long reached) {
        for (StoredChange change : changes) {
            followers.forEach(follower -> follower.accept(change));
        }
        lock.lock();
        try {
            for (StoredChange change : changes) {
                HubEvent event = new HubEvent(change);
                ring.add(event);
                ringBytes += event.weight();
                tail = change.position();
                watchers.removeIf(watcher -> !watcher.offer(event));
            }
            tail = Math.max(tail, reached);
            while (ring.size() > RING_EVENTS || ringBytes > RING_BYTES && ring.size() > 1) {
                HubEvent oldest = ring.remove();
                ringBytes -= oldest.weight();
                ringStart = oldest.change().position();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the store stands before what was handed out: a backup was restored, and whoever watches has to list again. */
    private boolean wentBack() {
        long position = store.position();
        lock.lock();
        try {
            if (position >= tail) {
                announced = Math.max(announced, position);
                return false;
            }
            // What is announced from now on is doubted, and so looked at, until the log has grown again.
            announced = position;
        } finally {
            lock.unlock();
        }
        LOG.warn("A view went back to position {}; its watches end", position);
        restart(position);
        return true;
    }

    private void doubtAgain(boolean before) {
        lock.lock();
        try {
            doubtful |= before;
        } finally {
            lock.unlock();
        }
    }

    /** Changes were lost to compaction, or to a restore, before they were read: whoever watches has to list again. */
    private void restart(long position) {
        lock.lock();
        try {
            watchers.forEach(Watcher::expire);
            watchers.clear();
            ring.clear();
            ringBytes = 0;
            tail = position;
            ringStart = position;
        } finally {
            lock.unlock();
        }
    }

    private void rest() {
        lock.lock();
        try {
            long millis = RETRY_MILLIS + ThreadLocalRandom.current().nextInt(RETRY_MILLIS);
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!closed && left > 0) {
                left = advanced.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all watches. */
    @Override
    public void close() {
        try {
            registration.close();
        } catch (Exception e) {
            LOG.warn("A store's listener cannot be removed", e);
        }
        lock.lock();
        try {
            closed = true;
            watchers.forEach(Watcher::end);
            watchers.clear();
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
