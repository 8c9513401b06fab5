package io.edgemc.placement.postgres;

import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.space.Ledger.Progress;
import io.edgemc.placement.space.Ledger.Returned;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What clusters said. */
final class ReportRows {
    private static final String UPSERT_PROGRESS = "insert into cluster_progress (cluster_uid, acknowledged, report)"
            + " select * from unnest(?::text[], ?::bigint[], ?::text[])"
            + " on conflict (cluster_uid) do update set acknowledged = excluded.acknowledged, report = excluded.report";
    private static final String UPSERT_RETURNED =
            "insert into returned_status as r (cluster_uid, object_key, epoch, sequence, status)"
                    + " select * from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[])"
                    + " on conflict (cluster_uid, object_key) do update set epoch = excluded.epoch,"
                    + " sequence = excluded.sequence, status = excluded.status"
                    + " where (r.epoch, r.sequence) <= (excluded.epoch, excluded.sequence)";

    void progress(Connection connection, List<Progress> progress) throws SQLException {
        if (progress.isEmpty()) {
            return;
        }
        Map<String, Progress> latest = new LinkedHashMap<>();
        progress.forEach(one -> latest.put(one.report().clusterUid(), one));
        try (ArrayStatement<Progress> upsert =
                new ArrayStatement<>(connection, UPSERT_PROGRESS, List.copyOf(latest.values()))) {
            upsert.texts(one -> one.report().clusterUid());
            upsert.longs(Progress::acknowledged);
            upsert.texts(one -> ApiJson.MAPPER.writeValueAsString(one.report()));
            upsert.execute();
        }
    }

    void returned(Connection connection, List<Returned> returned) throws SQLException {
        if (returned.isEmpty()) {
            return;
        }
        Map<String, Returned> latest = new LinkedHashMap<>();
        returned.forEach(one -> latest.put(one.clusterUid() + "|" + one.key().text(), one));
        try (ArrayStatement<Returned> upsert =
                new ArrayStatement<>(connection, UPSERT_RETURNED, List.copyOf(latest.values()))) {
            upsert.texts(Returned::clusterUid);
            upsert.texts(one -> one.key().text());
            upsert.longs(Returned::epoch);
            upsert.longs(Returned::sequence);
            upsert.texts(one -> one.status() == null ? null : ApiJson.MAPPER.writeValueAsString(one.status()));
            upsert.execute();
        }
    }

    static @Nullable JsonNode returned(Connection connection, String clusterUid, ObjectKey key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select status from returned_status where cluster_uid = ? and object_key = ?")) {
            select.setString(1, clusterUid);
            select.setString(2, key.text());
            try (ResultSet row = select.executeQuery()) {
                String status = row.next() ? row.getString(1) : null;
                return status == null ? null : ApiJson.MAPPER.readTree(status);
            }
        }
    }
}
