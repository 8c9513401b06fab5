package io.edgemc.placement.postgres;

import io.edgemc.changelog.ChangeLog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away versions that were superseded before the retention window, and events that were published. The horizon moves
 * first, in a transaction of its own, so that a reader who finds versions missing also finds out why.
 */
public final class Compaction {
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final int BATCH = 5_000;

    private final DataSource database;
    private final Duration retention;
    private final Clock clock;

    public Compaction(DataSource database, Duration retention, Clock clock) {
        this.database = database;
        this.retention = retention;
        this.clock = clock;
    }

    /** One run; several replicas may run at the same time. */
    public void run() throws SQLException {
        Instant now = clock.instant();
        Instant cutoff = now.minus(retention);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            mark(connection, now);
            long horizon = moveHorizon(connection, cutoff);
            int removed = 0;
            int batch;
            do {
                batch = update(
                        connection,
                        "delete from object_version where position in (select position from object_version"
                                + " where superseded_at <= ? limit " + BATCH + ")",
                        horizon);
                removed += batch;
            } while (batch == BATCH);
            update(
                    connection,
                    "delete from fleet_event where position <= least(?, (select min(position) from relay_cursor))",
                    horizon);
            if (removed > 0) {
                LOG.info("compaction took away {} versions superseded up to position {}", removed, horizon);
            }
        }
    }

    private static void mark(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into position_mark (at, position) values (?, ?) on conflict do nothing")) {
            insert.setTimestamp(1, Timestamp.from(now));
            insert.setLong(2, ChangeLog.current(connection));
            insert.executeUpdate();
        }
    }

    private static long moveHorizon(Connection connection, Instant cutoff) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(
                "update object_horizon set position = greatest(position,"
                        + " coalesce((select max(position) from position_mark where at <= ?), 0)) returning position")) {
            move.setTimestamp(1, Timestamp.from(cutoff));
            try (ResultSet row = move.executeQuery()) {
                row.next();
                long horizon = row.getLong(1);
                update(connection, "delete from position_mark where position < ?", horizon);
                return horizon;
            }
        }
    }

    private static int update(Connection connection, String sql, long position) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, position);
            return update.executeUpdate();
        }
    }
}
