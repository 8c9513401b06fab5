package io.edgemc.placement.postgres;

import io.edgemc.api.content.Digest;
import io.edgemc.api.content.KeyRing;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.changelog.ChangeLog;
import io.edgemc.kube.store.KindRef;
import io.edgemc.placement.space.Head;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.Version;
import io.edgemc.placement.space.View;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Streams what is current over a connection in a repeatable-read transaction. */
final class PostgresSnapshot implements Ledger.Snapshot {
    private static final int FETCH_ROWS = 500;
    private static final String VERSIONS = "select " + VersionRows.VERSION_COLUMNS
            + " from object_version v where v.superseded_at is null and v.view ";

    private final Connection connection;
    private final VersionRows rows;

    PostgresSnapshot(Connection connection, VersionRows rows) {
        this.connection = connection;
        this.rows = rows;
    }

    @Override
    public long position() {
        try {
            return ChangeLog.current(connection);
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public void heads(BiConsumer<ObjectRef, Head> sink) {
        each(
                "select view, api_group, resource, namespace, name, position, content_position, uid,"
                        + " octet_length(body) - case when key_id is null then 0 else " + KeyRing.SEALED_OVERHEAD
                        + " end from object_version"
                        + " where superseded_at is null",
                row -> sink.accept(
                        new ObjectRef(
                                new View(row.getString(1)),
                                new KindRef(row.getString(2), row.getString(3)),
                                row.getString(4),
                                row.getString(5)),
                        new Head(row.getLong(6), row.getLong(7), row.getString(8), row.getInt(9))));
    }

    @Override
    public void inventory(Consumer<Version> sink) {
        each(VERSIONS + "= 'inventory'", row -> sink.accept(rows.version(row, null)));
    }

    @Override
    public void spaces(Consumer<Version> sink) {
        each(VERSIONS + "like 'space:%'", row -> sink.accept(rows.version(row, null)));
    }

    @Override
    public void targets(Consumer<Target> sink) {
        each("select cluster_uid, revision, state, combination, since, traceparent, written_at from target", row -> {
            String combination = row.getString(4);
            sink.accept(new Target(
                    row.getString(1),
                    row.getLong(2),
                    TargetState.parse(row.getString(3)),
                    combination == null ? null : Digest.parse(combination),
                    row.getLong(5),
                    row.getString(6),
                    row.getString(7)));
        });
    }

    @Override
    public void progress(Consumer<Ledger.Progress> sink) {
        each("select acknowledged, report from cluster_progress", row -> {
            ClusterReport report = ApiJson.MAPPER.readValue(row.getString(2), ClusterReport.class);
            sink.accept(new Ledger.Progress(report, row.getLong(1)));
        });
    }

    /** Streams instead of holding every row. */
    private void each(String sql, RowReader reader) {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH_ROWS);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    reader.read(row);
                }
            }
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
