package io.edgemc.placement.postgres;

import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.space.Ledger.Copy;
import io.edgemc.placement.space.Ledger.Progress;
import io.edgemc.placement.space.Ledger.Returned;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    private static final String DELETE_RETURNED = "delete from returned_status r using unnest(?::text[], ?::text[],"
            + " ?::bigint[], ?::bigint[]) as u(cluster_uid, object_key, epoch, sequence) where r.cluster_uid ="
            + " u.cluster_uid and r.object_key = u.object_key and (r.epoch, r.sequence) <= (u.epoch, u.sequence)";
    private static final String SELECT_RETURNED =
            "select r.cluster_uid, r.object_key, r.epoch, r.sequence, r.status from returned_status r"
                    + " join unnest(?::text[], ?::text[]) as u(cluster_uid, object_key)"
                    + " on r.cluster_uid = u.cluster_uid and r.object_key = u.object_key";

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
        List<Returned> there = returned.stream().filter(one -> !one.gone()).toList();
        if (!there.isEmpty()) {
            try (ArrayStatement<Returned> upsert = new ArrayStatement<>(connection, UPSERT_RETURNED, there)) {
                copies(upsert);
                upsert.texts(one -> one.status() == null ? null : ApiJson.MAPPER.writeValueAsString(one.status()));
                upsert.execute();
            }
        }
        List<Returned> gone = returned.stream().filter(Returned::gone).toList();
        if (!gone.isEmpty()) {
            try (ArrayStatement<Returned> delete = new ArrayStatement<>(connection, DELETE_RETURNED, gone)) {
                copies(delete);
                delete.execute();
            }
        }
    }

    private static void copies(ArrayStatement<Returned> statement) throws SQLException {
        statement.texts(one -> one.copy().clusterUid());
        statement.texts(one -> one.copy().key().text());
        statement.longs(Returned::epoch);
        statement.longs(Returned::sequence);
    }

    static Map<Copy, Returned> returned(Connection connection, Collection<Copy> copies) throws SQLException {
        Map<Copy, Returned> returned = new HashMap<>();
        try (ArrayStatement<Copy> select = new ArrayStatement<>(connection, SELECT_RETURNED, List.copyOf(copies))) {
            select.texts(Copy::clusterUid);
            select.texts(copy -> copy.key().text());
            select.each(row -> {
                Copy copy = new Copy(row.getString(1), ObjectKey.parse(row.getString(2)));
                String status = row.getString(5);
                returned.put(
                        copy,
                        new Returned(
                                copy,
                                row.getLong(3),
                                row.getLong(4),
                                status == null ? null : ApiJson.MAPPER.readTree(status),
                                false));
            });
        }
        return returned;
    }
}
