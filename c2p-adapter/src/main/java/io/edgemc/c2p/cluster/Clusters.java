package io.edgemc.c2p.cluster;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of clusters. */
public final class Clusters {
    private static final String COLUMNS =
            "uid, name, epoch, sequence, connected, stale, delivered_at, is_current, expires_at";

    private final JdbcTemplate jdbc;

    public Clusters(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The cluster of that uid, as one of which nothing is known if there is none. */
    public KnownCluster get(String uid) {
        return all(List.of(uid)).getOrDefault(uid, KnownCluster.unknown(uid));
    }

    /** Those of the uids that are known. */
    public Map<String, KnownCluster> all(Collection<String> uids) {
        Map<String, KnownCluster> found = new HashMap<>();
        jdbc.query(
                "select " + COLUMNS + " from cluster where uid = any(?)",
                row -> {
                    KnownCluster cluster = read(row);
                    found.put(cluster.uid(), cluster);
                },
                (Object) uids.toArray(String[]::new));
        return found;
    }

    public void write(KnownCluster cluster) {
        jdbc.update(
                "insert into cluster (" + COLUMNS
                        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (uid) do update set"
                        + " name = excluded.name, epoch = excluded.epoch, sequence = excluded.sequence,"
                        + " connected = excluded.connected, stale = excluded.stale,"
                        + " delivered_at = excluded.delivered_at, is_current = excluded.is_current,"
                        + " expires_at = excluded.expires_at",
                cluster.uid(),
                cluster.name(),
                cluster.epoch(),
                cluster.sequence(),
                cluster.connected(),
                cluster.stale(),
                timestamp(cluster.deliveredAt()),
                cluster.current(),
                timestamp(cluster.freshness().expiresAt()));
    }

    public void remove(String uid) {
        jdbc.update("delete from cluster where uid = ?", uid);
    }

    /** Clusters that count as current and should not any more. */
    public List<String> expired(Instant now, int limit) {
        return jdbc.query(
                "select uid from cluster where is_current and expires_at <= ? order by expires_at limit ?",
                (row, n) -> row.getString(1),
                Timestamp.from(now),
                limit);
    }

    /** Another cluster of that name, for a moment, while one goes and its successor comes; null if there is none. */
    public @Nullable String other(String name, String uid) {
        return jdbc
                .query(
                        "select uid from cluster where name = ? and uid <> ? limit 1",
                        (row, n) -> row.getString(1),
                        name,
                        uid)
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static KnownCluster read(ResultSet row) throws SQLException {
        return new KnownCluster(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getBoolean(5),
                row.getBoolean(6),
                instant(row.getTimestamp(7)),
                new Freshness(row.getBoolean(8), instant(row.getTimestamp(9))));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
