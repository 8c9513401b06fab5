package io.edgemc.mailbox.postbox;

import io.edgemc.api.inventory.ClusterState;
import io.edgemc.api.target.TargetState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The heads of all mailboxes in memory, kept up with the table by {@link #refresh}. Ten thousand idle polls ask here and not the
 * database. Thread-safe.
 */
public final class MailboxIndex {
    private static final String HEAD = "select cluster_uid, cluster_name, state, record_revision, target_revision, "
            + "target_state, coalesce((select max(last_position) from target_history h where h.cluster_uid = m.cluster_uid), 0), "
            + "target_trace, target_written_at, epoch, applied_revision, position from mailbox m ";

    private final JdbcTemplate jdbc;
    private final Map<String, MailboxHead> heads = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private long movedSeen;
    private long departedSeen;

    public MailboxIndex(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Who wants to know that a mailbox moved; called on the refreshing thread, returns at once. */
    public interface Listener {
        void moved(MailboxHead head);

        void departed(String clusterUid);
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    public Optional<MailboxHead> find(String clusterUid) {
        return Optional.ofNullable(heads.get(clusterUid));
    }

    /** The mailbox of the cluster that has this name now: of two, the one that was registered last. */
    public Optional<MailboxHead> byName(String clusterName) {
        return heads.values().stream()
                .filter(head -> head.clusterName().equals(clusterName))
                .max(Comparator.comparingLong(MailboxHead::recordRevision));
    }

    public Collection<MailboxHead> all() {
        return List.copyOf(heads.values());
    }

    /** The head, read from the database if a session newer than the one known here claims to exist. */
    public Optional<MailboxHead> current(String clusterUid, long epoch) {
        MailboxHead known = heads.get(clusterUid);
        if (known == null || known.epoch() < epoch) {
            refresh();
        }
        return find(clusterUid);
    }

    /** Takes over what changed in the table since the last time, and tells the listeners. */
    public void refresh() {
        List<MailboxHead> moved = new ArrayList<>();
        List<String> departed = new ArrayList<>();
        synchronized (this) {
            // Each table has its own cursor: two statements see two moments.
            jdbc.query(
                    "select cluster_uid, position from departed where position > ? order by position",
                    row -> {
                        departed.add(row.getString(1));
                        departedSeen = row.getLong(2);
                    },
                    departedSeen);
            moved.addAll(jdbc.query(HEAD + "where position > ? order by position", (row, i) -> head(row), movedSeen));
            moved.forEach(head -> heads.put(head.clusterUid(), head));
            departed.forEach(heads::remove);
            if (!moved.isEmpty()) {
                movedSeen = moved.getLast().position();
            }
        }
        for (Listener listener : listeners) {
            moved.forEach(listener::moved);
            departed.forEach(listener::departed);
        }
    }

    private static MailboxHead head(ResultSet row) throws SQLException {
        Timestamp writtenAt = row.getTimestamp(9);
        return new MailboxHead(
                row.getString(1),
                row.getString(2),
                ClusterState.valueOf(row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                TargetState.parse(row.getString(6)),
                row.getLong(7),
                row.getString(8),
                writtenAt == null ? null : writtenAt.toInstant(),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12));
    }
}
