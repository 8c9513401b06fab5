package io.edgemc.summarizer.rows;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;

/** The open feeds: as many as are allowed, and none any more when the service stops. Thread-safe. */
public final class RowFeeds implements SmartLifecycle {
    private final RowIndex index;
    private final Clock clock;
    private final int most;
    private final Semaphore free;
    private volatile boolean running;

    public RowFeeds(RowIndex index, Clock clock, int most) {
        this.index = index;
        this.clock = clock;
        this.most = most;
        this.free = new Semaphore(most);
    }

    /** A feed to be given back by {@link #close}; empty if too many are open. */
    public Optional<RowFeed> open(String summary, String lastId) {
        return running && free.tryAcquire()
                ? Optional.of(RowFeed.open(index, summary, lastId, clock))
                : Optional.empty();
    }

    public void close() {
        free.release();
    }

    public int openFeeds() {
        return most - free.availablePermits();
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server waits for its requests: a feed is one that would never end. */
    @Override
    public void stop() {
        running = false;
        index.wakeAll();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
