package io.edgemc.mailbox.postbox;

import io.edgemc.changelog.ChangeLog;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.PositionRange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions over this service's tables. Positions are in commit order; after a commit that took some, everything that follows
 * the tables is woken. Thread-safe.
 */
public final class Ledger {
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final CommitSignal commits;

    public Ledger(JdbcTemplate jdbc, TransactionTemplate transactions, CommitSignal commits) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.commits = commits;
    }

    /** For reads, and for statements inside {@link #write}. */
    public JdbcTemplate jdbc() {
        return jdbc;
    }

    /** Runs the work in one transaction, then wakes the followers. */
    public <T> T write(Supplier<T> work) {
        boolean[] worked = {false};
        try {
            return Objects.requireNonNull(transactions.execute(status -> {
                T result = work.get();
                worked[0] = true;
                return result;
            }));
        } finally {
            // Also if the commit failed: it may have happened, and the database tells everyone but this process.
            if (worked[0]) {
                commits.committed();
            }
        }
    }

    /** As {@link #write(Supplier)}, without a result. */
    public void run(Runnable work) {
        boolean done = write(() -> {
            work.run();
            return true;
        });
        assert done;
    }

    /** The next positions, inside {@link #write}; other writers wait from here on, so this comes late. */
    public PositionRange positions(int count) {
        return Objects.requireNonNull(
                jdbc.execute((ConnectionCallback<PositionRange>) connection -> take(connection, count)));
    }

    private PositionRange take(Connection connection, int count) throws SQLException {
        return ChangeLog.position(connection, count, commits);
    }

    /** The last committed position. */
    public long position() {
        return Objects.requireNonNull(jdbc.execute((ConnectionCallback<Long>) ChangeLog::current));
    }
}
