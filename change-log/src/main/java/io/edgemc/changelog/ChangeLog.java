package io.edgemc.changelog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The counter of one database. Its table comes from the Flyway location {@link #MIGRATIONS}. Stateless, thread-safe.
 */
public final class ChangeLog {
    /** Flyway location of the tables {@code change_counter} and {@code relay_cursor}. */
    public static final String MIGRATIONS = "classpath:io/edgemc/changelog";

    /** Channel on which PostgreSQL tells other replicas that the log grew; the payload says who wrote. */
    public static final String CHANNEL = "edge_mc_changes";

    // One statement: the wake-up of other replicas rides along, and PostgreSQL sends it only if the transaction
    // commits.
    private static final String TAKE =
            "update change_counter set position = position + ? returning position, pg_notify('" + CHANNEL + "', ?)";

    private ChangeLog() {}

    /**
     * Takes the next {@code count} positions. From here until the transaction ends, every other writer waits: call it
     * last, right before the rows that need positions are written. A rollback gives the positions back, so the log has no
     * holes.
     *
     * @param connection in a transaction (auto-commit off)
     * @param count at least 1
     */
    public static PositionRange position(Connection connection, int count) throws SQLException {
        return position(connection, count, "");
    }

    /** The same for a process that tells itself by {@link CommitSignal#committed}: its own listener stays quiet. */
    public static PositionRange position(Connection connection, int count, CommitSignal self) throws SQLException {
        return position(connection, count, self.id());
    }

    private static PositionRange position(Connection connection, int count, String sender) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("positions are taken inside a transaction");
        }
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, is " + count);
        }
        try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setInt(1, count);
            take.setString(2, sender);
            long last = single(take);
            return new PositionRange(last - count + 1, last);
        }
    }

    /** The last committed position; 0 if nothing was ever written. */
    public static long current(Connection connection) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement("select position from change_counter")) {
            return single(read);
        }
    }

    /**
     * The last committed position, kept there until the transaction ends: every other writer waits. For a writer that computes
     * what it writes from what it knows, and must know that nobody wrote meanwhile.
     */
    public static long lock(Connection connection) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement("select position from change_counter for update")) {
            return single(read);
        }
    }

    private static long single(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new SQLException("change_counter has no row; were the migrations run?");
            }
            return rows.getLong(1);
        }
    }
}
