package io.edgemc.placement.postgres;

import io.edgemc.api.content.Digest;
import io.edgemc.api.content.KeyRing;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.changelog.ChangeLog;
import io.edgemc.changelog.CommitSignal;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.Version;
import io.edgemc.placement.space.View;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** See the migrations for the tables. */
public final class PostgresLedger implements Ledger {
    private static final int FETCH_ROWS = 500;

    private final DataSource database;
    private final CommitSignal self;
    private final VersionRows rows;
    private final PostgresReader reader;
    private final CommitRows writer;

    public PostgresLedger(DataSource database, KeyRing keys, CommitSignal self) {
        this.database = database;
        this.self = self;
        this.rows = new VersionRows(keys);
        this.reader = new PostgresReader(rows);
        this.writer = new CommitRows(keys);
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker")
    public Session begin() {
        try {
            Connection connection = database.getConnection();
            try {
                return new CommitSession(connection, reader, writer, self);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Failures.of(e);
        }
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
    public void load(Loading loading) {
        read(connection -> {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            try {
                loading.position(ChangeLog.current(connection));
                progress(connection, loading);
                targets(connection, loading);
                versions(connection, loading);
            } finally {
                connection.rollback();
            }
            return true;
        });
    }

    private static void progress(Connection connection, Loading loading) throws SQLException {
        try (PreparedStatement select = fetching(connection, "select acknowledged, report from cluster_progress");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                loading.progress(
                        new Progress(ApiJson.MAPPER.readValue(row.getString(2), ClusterReport.class), row.getLong(1)));
            }
        }
    }

    private static void targets(Connection connection, Loading loading) throws SQLException {
        try (PreparedStatement select = fetching(
                        connection,
                        "select cluster_uid, revision, state, combination, since, traceparent from target");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String combination = row.getString(4);
                loading.target(new Target(
                        row.getString(1),
                        row.getLong(2),
                        TargetState.parse(row.getString(3)),
                        combination == null ? null : Digest.parse(combination),
                        row.getLong(5),
                        row.getString(6)));
            }
        }
    }

    private void versions(Connection connection, Loading loading) throws SQLException {
        try (PreparedStatement select = fetching(
                        connection,
                        "select " + VersionRows.VERSION_COLUMNS
                                + " from object_version v where v.superseded_at is null order by v.position");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Version version = rows.version(row, null);
                loading.version(version);
            }
        }
    }

    /** Streams instead of holding every row. */
    private static PreparedStatement fetching(Connection connection, String sql) throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        select.setFetchSize(FETCH_ROWS);
        return select;
    }

    private <T> T read(Reading<T> reading) {
        try (Connection connection = database.getConnection()) {
            return reading.read(connection);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(Connection connection) throws SQLException;
    }
}
