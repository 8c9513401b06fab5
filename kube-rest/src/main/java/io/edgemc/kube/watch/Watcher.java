package io.edgemc.kube.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One watch's queue between the hub and the client's connection. The hub never waits for it: when it is full it ends. */
final class Watcher {
    private static final int CAPACITY = 1024;

    /** How a watcher is. */
    enum State {
        OPEN,
        /** Nothing more comes; what is queued may still be sent. */
        ENDED,
        /** Changes were missed: the client has to list again. */
        EXPIRED
    }

    private final BlockingQueue<HubEvent> queue = new LinkedBlockingQueue<>(CAPACITY);
    private final Deque<HubEvent> backlog = new ArrayDeque<>();
    private volatile State state = State.OPEN;
    private volatile @Nullable Thread reader;
    private volatile boolean busy;
    private volatile long after;

    /** @param after position up to which the client knows everything */
    void begin(long after, List<HubEvent> events) {
        this.after = after;
        backlog.addAll(events);
        busy = !events.isEmpty();
    }

    /** Called by the hub. False if the watcher is over. */
    boolean offer(HubEvent event) {
        if (state != State.OPEN) {
            return false;
        }
        if (event.change().position() <= after) {
            return true;
        }
        busy = true;
        if (!queue.offer(event)) {
            // Slow: the connection is closed; the client watches again from the last event that it saw.
            end();
            return false;
        }
        return true;
    }

    void end() {
        finish(State.ENDED);
    }

    void expire() {
        finish(State.EXPIRED);
    }

    private void finish(State last) {
        state = last;
        Thread waiting = reader;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    State state() {
        return state;
    }

    boolean isDrained() {
        return !busy && queue.isEmpty();
    }

    /** Whether events wait, so that what was written need not be flushed yet. */
    boolean hasMore() {
        return !backlog.isEmpty() || !queue.isEmpty();
    }

    /** The next event; null when the time is over or the watcher has ended. */
    @Nullable
    HubEvent next(long nanos) {
        HubEvent event = backlog.poll();
        if (event == null) {
            event = queue.poll();
        }
        if (event == null) {
            busy = false;
            event = waited(nanos);
        }
        if (event != null) {
            busy = true;
        }
        return event;
    }

    private @Nullable HubEvent waited(long nanos) {
        reader = Thread.currentThread();
        try {
            return state == State.OPEN ? queue.poll(nanos, TimeUnit.NANOSECONDS) : queue.poll();
        } catch (InterruptedException e) {
            if (state == State.OPEN) {
                // Not from the hub: the server is going down.
                state = State.ENDED;
            }
            return queue.poll();
        } finally {
            reader = null;
            if (state != State.OPEN) {
                // The hub's wake-up may arrive late; it must not hit what this thread does next.
                Thread.interrupted();
            }
        }
    }
}
