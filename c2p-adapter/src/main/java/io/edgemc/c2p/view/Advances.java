package io.edgemc.c2p.view;

import io.edgemc.changelog.ChangeLog;
import io.edgemc.changelog.CommitSignal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the views how far the log is, soon after each commit, on a thread of its own. */
final class Advances implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Advances.class);

    private final DataSource database;
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore commitsSeen = new Semaphore(0);
    private final AutoCloseable subscription;
    private final Thread thread;
    private volatile boolean closed;

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
            while (!closed) {
                commitsSeen.acquire();
                commitsSeen.drainPermits();
                tell();
            }
        } catch (InterruptedException e) {
            // Closed: nobody listens any more.
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        try (Connection connection = database.getConnection()) {
            long position = ChangeLog.current(connection);
            listeners.forEach(listener -> listener.accept(position));
        } catch (SQLException e) {
            // Watches go on with the next commit, or end and are taken up again by their clients.
            LOG.warn("cannot read how far the log is: {}", e.toString());
        }
    }

    @Override
    public void close() throws Exception {
        closed = true;
        subscription.close();
        thread.interrupt();
        thread.join();
    }
}
