package io.edgemc.c2p.view;

import io.edgemc.changelog.ChangeLog;
import io.edgemc.changelog.CommitSignal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the views how far the log is, soon after each commit, on a thread of its own. */
final class Advances implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Advances.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(5);

    private final RandomGenerator random = RandomGenerator.getDefault();
    private final DataSource database;
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore commitsSeen = new Semaphore(0);
    private final AutoCloseable subscription;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);

    Advances(DataSource database, CommitSignal commits) {
        this.database = database;
        this.subscription = commits.listen(commitsSeen::release);
        this.thread = Thread.ofVirtual().name("view-advances").start(this::run);
    }

    AutoCloseable listen(LongConsumer listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                commitsSeen.acquire();
                tell(readPosition());
            }
        } catch (InterruptedException e) {
            // Closed: nobody listens any more.
            Thread.currentThread().interrupt();
        }
    }

    /** Tries until it can be read: the commit that was told of may be the last for long, and watches wait for it. */
    private long readPosition() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            commitsSeen.drainPermits();
            try (Connection connection = database.getConnection()) {
                return ChangeLog.current(connection);
            } catch (SQLException e) {
                LOG.warn("cannot read how far the log is, trying again: {}", e.toString());
            }
            long half = pause.toMillis() / 2;
            if (closed.await(half + random.nextLong(half + 1), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("closed");
            }
            pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
        }
    }

    private void tell(long position) {
        for (LongConsumer listener : listeners) {
            try {
                listener.accept(position);
            } catch (RuntimeException e) {
                // One view's trouble; the others are told, and this one again with the next commit.
                LOG.error("a view could not follow the log to {}", position, e);
            }
        }
    }

    @Override
    public void close() throws Exception {
        closed.countDown();
        subscription.close();
        thread.interrupt();
        thread.join();
    }
}
