package io.edgemc.mailbox.view;

import io.edgemc.api.content.KeyRing;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.Origin;
import io.edgemc.kube.store.KindRef;
import io.edgemc.mailbox.report.ReportedObjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Reads reported objects for views. Thread-safe. */
final class ReportedRows {
    private static final String ROW =
            "select cluster_uid, object_key, origin, deleted, body, key_id, previous_labels, position "
                    + "from reported where ";

    private final JdbcTemplate jdbc;
    private final KeyRing keys;

    ReportedRows(JdbcTemplate jdbc, KeyRing keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** Those of a kind that are there. */
    List<ReportedRow> ofKind(Collection<String> clusterUids, KindRef kind) {
        return jdbc.query(
                ROW + "kind = ? and cluster_uid = any(?) and not deleted",
                this::row,
                kind.toString(),
                clusterUids.toArray(String[]::new));
    }

    List<ReportedRow> find(String clusterUid, ObjectKey key) {
        return jdbc.query(
                ROW + "cluster_uid = ? and object_key = ? and not deleted", this::row, clusterUid, key.text());
    }

    /** Those that changed after a position, in order. */
    List<ReportedRow> changedAfter(Collection<String> clusterUids, long position, int max) {
        return jdbc.query(
                ROW + "position > ? and cluster_uid = any(?) order by position limit ?",
                this::row,
                position,
                clusterUids.toArray(String[]::new),
                max);
    }

    private ReportedRow row(ResultSet row, int index) throws SQLException {
        byte[] body = row.getBytes(5);
        String keyId = row.getString(6);
        String labels = row.getString(7);
        return new ReportedRow(
                row.getString(1),
                ObjectKey.parse(row.getString(2)),
                Origin.valueOf(row.getString(3)),
                row.getBoolean(4),
                body.length == 0 ? null : object(keyId == null ? body : keys.open(keyId, body)),
                labels != null,
                labels == null
                        ? null
                        : CanonicalJson.parseObject(labels.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                row.getLong(8));
    }

    private static ObjectNode object(byte[] json) {
        ObjectNode object = CanonicalJson.parseObject(json);
        object.remove(ReportedObjects.HASH_MEMBER);
        return object;
    }
}
