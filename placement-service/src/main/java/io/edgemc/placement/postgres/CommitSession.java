package io.edgemc.placement.postgres;

import io.edgemc.changelog.ChangeLog;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.PositionRange;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction that holds the counter's lock. */
final class CommitSession implements Ledger.Session {
    private static final Logger LOG = LoggerFactory.getLogger(CommitSession.class);

    private final Connection connection;
    private final PostgresReader reader;
    private final CommitRows rows;
    private final ReportRows reports;
    private final CommitSignal self;
    private final long position;
    private boolean finished;

    CommitSession(Connection connection, PostgresReader reader, CommitRows rows, ReportRows reports, CommitSignal self)
            throws SQLException {
        this.connection = connection;
        this.reader = reader;
        this.rows = rows;
        this.reports = reports;
        this.self = self;
        connection.setAutoCommit(false);
        this.position = ChangeLog.lock(connection);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public List<Version> versionsAfter(long after, int max) {
        try {
            return reader.versionsAfter(connection, after, max);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public void write(Ledger.Commit commit) {
        try {
            if (commit.size() > 0) {
                PositionRange range = ChangeLog.position(connection, commit.size(), self);
                if (range.before() != commit.before()) {
                    throw new IllegalStateException("the commit was made for another position");
                }
                rows.write(connection, commit, range);
            }
            reports.progress(connection, commit.progress());
            reports.returned(connection, commit.returned());
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public void commit() {
        try {
            finished = true;
            connection.commit();
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            if (!finished) {
                connection.rollback();
            }
        } catch (SQLException lost) {
            // PostgreSQL rolls back by itself what it has no connection for.
            LOG.debug("the connection was lost before the rollback", lost);
        }
    }
}
