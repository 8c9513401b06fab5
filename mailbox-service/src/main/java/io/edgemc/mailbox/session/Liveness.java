package io.edgemc.mailbox.session;

import io.edgemc.mailbox.listener.Connections;
import io.edgemc.mailbox.postbox.Ledger;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether clusters are still heard. Contacts are kept in memory and written in batches; an open connection counts as contact. Only
 * a change (connected, disconnected, stale) is a report. Thread-safe.
 */
public final class Liveness {
    private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);

    private final Ledger ledger;
    private final Connections connections;
    private final Clock clock;
    private final String replica;
    private final LivenessSettings settings;
    private final Map<String, Contact> contacts = new ConcurrentHashMap<>();
    private Instant flushed;

    public Liveness(Ledger ledger, Connections connections, Clock clock, String replica, LivenessSettings settings) {
        this.ledger = ledger;
        this.connections = connections;
        this.clock = clock;
        this.replica = replica;
        this.settings = settings;
        this.flushed = clock.instant();
    }

    private static final class Contact {
        private volatile Instant at;

        private Contact(Instant at) {
            this.at = at;
        }
    }

    /** A session was opened here, and the table says so already. */
    void opened(String clusterUid) {
        contacts.put(clusterUid, new Contact(clock.instant()));
    }

    /** A call of a session arrived. */
    public void seen(String clusterUid) {
        Instant now = clock.instant();
        Contact contact = contacts.get(clusterUid);
        if (contact == null) {
            // A session that another process opened goes on here.
            contacts.put(clusterUid, new Contact(now));
            connect(clusterUid, now);
        } else {
            contact.at = now;
        }
    }

    /** The cluster is gone. */
    public void forget(String clusterUid) {
        contacts.remove(clusterUid);
    }

    /** How many clusters this process hears. */
    public int size() {
        return contacts.size();
    }

    /** One round: who fell silent is reported, who was heard is written down. */
    public void sweep() {
        Instant now = clock.instant();
        List<String> silent = new ArrayList<>();
        contacts.forEach((uid, contact) -> {
            if (connections.isOpen(uid)) {
                contact.at = now;
            } else if (contact.at.plus(settings.disconnectAfter()).isBefore(now)) {
                silent.add(uid);
            }
        });
        disconnect(silent);
        if (!flushed.plus(settings.flushEvery()).isAfter(now)) {
            flush();
            flushed = now;
        }
        markStale(now);
    }

    /** Writes the times of the last contacts. */
    public void flush() {
        List<Object[]> rows = new ArrayList<>();
        contacts.forEach((uid, contact) -> rows.add(new Object[] {Timestamp.from(contact.at), uid}));
        if (!rows.isEmpty()) {
            ledger.jdbc().batchUpdate("update mailbox set last_seen = ? where cluster_uid = ?", rows);
        }
    }

    private void connect(String uid, Instant now) {
        transition(
                "connected = true, stale = false, replica = ?, last_seen = ?",
                "cluster_uid = ? and (not connected or stale or replica is distinct from ?)",
                replica,
                Timestamp.from(now),
                uid,
                replica);
    }

    private void disconnect(List<String> silent) {
        for (String uid : silent) {
            Contact contact = contacts.remove(uid);
            if (contact != null) {
                transition(
                        "connected = false, last_seen = ?",
                        "cluster_uid = ? and connected and replica = ?",
                        Timestamp.from(contact.at),
                        uid,
                        replica);
                LOG.atInfo().addKeyValue("cluster", uid).log("a cluster fell silent");
            }
        }
    }

    private void markStale(Instant now) {
        Timestamp limit = Timestamp.from(now.minus(settings.staleAfter()));
        // Asked first, so that a round in which nothing happens takes no position.
        List<String> stale = ledger.jdbc()
                .query(
                        "select cluster_uid from mailbox where not stale and last_seen < ?",
                        (row, i) -> row.getString(1),
                        limit);
        for (String uid : stale) {
            if (!contacts.containsKey(uid)) {
                transition(
                        "connected = false, stale = true",
                        "cluster_uid = ? and not stale and last_seen < ?",
                        uid,
                        limit);
                LOG.atWarn().addKeyValue("cluster", uid).log("a cluster is stale");
            }
        }
    }

    private void transition(String change, String condition, Object... parameters) {
        ledger.run(() -> {
            List<String> moved = ledger.jdbc()
                    .query(
                            "update mailbox set " + change + ", report_sequence = report_sequence + 1 where "
                                    + condition + " returning cluster_uid",
                            (row, i) -> row.getString(1),
                            parameters);
            if (!moved.isEmpty()) {
                long position = ledger.positions(1).first();
                ledger.jdbc()
                        .update(
                                "update mailbox set report_position = ? where cluster_uid = ?",
                                position,
                                moved.getFirst());
            }
        });
    }
}
