package io.edgemc.placement.postgres;

import io.edgemc.api.content.KeyRing;
import io.edgemc.changelog.ChangeLog;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.LedgerException;
import io.edgemc.placement.space.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** See the migrations for the tables. */
public final class PostgresLedger implements Ledger {
    private static final int BEGIN_ATTEMPTS = 3;

    private final DataSource database;
    private final CommitSignal self;
    private final VersionRows rows;
    private final PostgresReader reader;
    private final CommitRows writer;
    private final ReportRows reports = new ReportRows();

    public PostgresLedger(DataSource database, KeyRing keys, CommitSignal self) {
        this.database = database;
        this.self = self;
        this.rows = new VersionRows(keys);
        this.reader = new PostgresReader(rows);
        this.writer = new CommitRows(keys);
    }

    /** After a restart of the database the pool holds dead connections: each is found dead at its first use, and replaced. */
    @Override
    public Session begin() {
        for (int attempt = 1; ; attempt++) {
            try {
                return session();
            } catch (SQLException e) {
                LedgerException failure = Failures.of(e);
                // If the pool has none to give, waiting for it again would only keep the caller.
                boolean none = e instanceof SQLTransientConnectionException;
                if (none || attempt == BEGIN_ATTEMPTS || failure.reason() != LedgerException.Reason.UNREACHABLE) {
                    throw failure;
                }
            }
        }
    }

    private Session session() throws SQLException {
        Connection connection = database.getConnection();
        try {
            return new CommitSession(connection, reader, writer, reports, self);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public long position() {
        return read(ChangeLog::current);
    }

    @Override
    public StoredObject version(long position) {
        return read(connection -> reader.version(connection, position));
    }

    @Override
    public ObjectPage list(View view, ObjectQuery query) {
        return read(connection -> reader.list(connection, view, query));
    }

    @Override
    public List<StoredChange> changes(View view, long after, long upTo, int max) {
        return read(connection -> reader.changes(connection, view, after, upTo, max));
    }

    @Override
    public Map<Copy, Returned> returned(Collection<Copy> copies) {
        return read(connection -> ReportRows.returned(connection, copies));
    }

    @Override
    public <T> T load(Function<Snapshot, T> reading) {
        return read(connection -> {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return reading.apply(new PostgresSnapshot(connection, rows));
            } finally {
                connection.rollback();
            }
        });
    }

    private <T extends @Nullable Object> T read(Reading<T> reading) {
        try (Connection connection = database.getConnection()) {
            return reading.read(connection);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @FunctionalInterface
    private interface Reading<T extends @Nullable Object> {
        T read(Connection connection) throws SQLException;
    }
}
