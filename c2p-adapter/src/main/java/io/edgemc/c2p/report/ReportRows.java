package io.edgemc.c2p.report;

import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ObjectNode;

/** The table of reports as clusters wrote them. */
final class ReportRows {
    private static final String COLUMNS =
            "id, cluster_uid, object_key, epoch, sequence, hash, observed_at, body is not null, placement_matters";

    private final JdbcTemplate jdbc;

    ReportRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The rows of a cluster with these keys. */
    Map<ObjectKey, ReportRow> of(String clusterUid, List<ObjectKey> keys) {
        Map<ObjectKey, ReportRow> found = new HashMap<>();
        jdbc.query(
                "select " + COLUMNS + " from report where cluster_uid = ? and object_key = any(?)",
                row -> {
                    ReportRow report = read(row);
                    found.put(report.key(), report);
                },
                clusterUid,
                keys.stream().map(ObjectKey::text).toArray(String[]::new));
        return found;
    }

    /** The next rows of a cluster with an object, by id. */
    List<ReportRow> after(String clusterUid, long id, boolean onlyPlacementMatters, int limit) {
        return jdbc.query(
                "select " + COLUMNS + " from report where cluster_uid = ? and id > ? and body is not null"
                        + (onlyPlacementMatters ? " and placement_matters" : "") + " order by id limit ?",
                (row, n) -> read(row),
                clusterUid,
                id,
                limit);
    }

    /** The key of a row, if it is still there. */
    Optional<ObjectKey> key(long id) {
        return jdbc
                .query("select object_key from report where id = ?", (row, n) -> ObjectKey.parse(row.getString(1)), id)
                .stream()
                .findFirst();
    }

    ObjectNode body(long id) {
        byte[] body =
                Objects.requireNonNull(jdbc.queryForObject("select body from report where id = ?", byte[].class, id));
        return (ObjectNode) ApiJson.MAPPER.readTree(body);
    }

    /** Writes what a report says; returns the row's id. */
    long write(ObjectReport report, Instant observedAt) {
        ObjectNode object = report.object();
        byte @Nullable [] body = object == null ? null : ApiJson.MAPPER.writeValueAsBytes(object);
        return Objects.requireNonNull(jdbc.queryForObject(
                "insert into report (cluster_uid, object_key, epoch, sequence, hash, observed_at, body)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict (cluster_uid, object_key) do update set"
                        + " epoch = excluded.epoch, sequence = excluded.sequence, hash = excluded.hash,"
                        + " observed_at = excluded.observed_at, body = excluded.body returning id",
                Long.class,
                report.clusterUid(),
                report.key().text(),
                report.epoch(),
                report.sequence(),
                report.hash(),
                Timestamp.from(observedAt),
                body));
    }

    /** The same was said again: only remembers how new that is, so that nothing older comes after it. */
    void repeated(long id, long epoch, long sequence) {
        jdbc.update("update report set epoch = ?, sequence = ? where id = ?", epoch, sequence, id);
    }

    void placementMatters(long id, boolean matters) {
        jdbc.update(
                "update report set placement_matters = ? where id = ? and placement_matters <> ?",
                matters,
                id,
                matters);
    }

    void remove(long id) {
        jdbc.update("delete from report where id = ?", id);
    }

    void removeCluster(String clusterUid) {
        jdbc.update("delete from report where cluster_uid = ?", clusterUid);
    }

    private static ReportRow read(ResultSet row) throws SQLException {
        return new ReportRow(
                row.getLong(1),
                row.getString(2),
                ObjectKey.parse(row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                row.getString(6),
                row.getTimestamp(7).toInstant(),
                row.getBoolean(8),
                row.getBoolean(9));
    }
}
