package io.edgemc.changelog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the wake-ups of other replicas on to this process, by {@code LISTEN} on a connection of its own. After each new
 * connection it signals once, for what it may have missed.
 */
public final class ReplicaListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaListener.class);
    // Not a poll of the log: only bounds how long a silently lost connection stays unnoticed.
    private static final int LIVENESS_CHECK_MILLIS = 60_000;

    private final DataSource database;
    private final CommitSignal commits;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Connection current;

    /** Starts at once. The connection is held for good: do not count it as one of the pool's. */
    public ReplicaListener(DataSource database, CommitSignal commits) {
        this.database = database;
        this.commits = commits;
        this.thread = Thread.ofVirtual().name("replica-listener").start(this::run);
    }

    private void run() {
        int failures = 0;
        while (running()) {
            try (Connection connection = database.getConnection()) {
                current = connection;
                listen(connection);
                commits.committed();
                failures = 0;
                forward(connection);
            } catch (SQLException failure) {
                if (!running()) {
                    return;
                }
                failures++;
                LOG.warn("cannot listen for other replicas, will try again: {}", failure.toString());
                if (!pause(Pause.retry(failures))) {
                    return;
                }
            }
        }
    }

    private static void listen(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + ChangeLog.CHANNEL);
        }
    }

    private void forward(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (running()) {
            PGNotification @Nullable [] received = postgres.getNotifications(LIVENESS_CHECK_MILLIS);
            if (received != null && received.length > 0) {
                if (Arrays.stream(received).anyMatch(this::isOfAnother)) {
                    commits.committed();
                }
            } else if (!connection.isValid(5)) {
                throw new SQLException("the connection is dead");
            }
        }
    }

    private boolean isOfAnother(PGNotification notification) {
        return !notification.getParameter().equals(commits.id());
    }

    private boolean running() {
        return stop.getCount() > 0;
    }

    /** False if it was ended meanwhile. A commit does not shorten the pause: the other side is away, not idle. */
    private boolean pause(Duration length) {
        try {
            return !stop.await(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        thread.interrupt();
        Connection open = current;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException alreadyGone) {
                LOG.debug("connection was closed already", alreadyGone);
            }
        }
        thread.join();
    }
}
