package io.edgemc.mailbox.enrol;

import io.edgemc.mailbox.authority.IssuedCertificate;
import io.edgemc.mailbox.authority.PeerCertificate;
import io.edgemc.mailbox.listener.Connections;
import io.edgemc.mailbox.listener.CredentialCheck;
import io.edgemc.mailbox.postbox.Ledger;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The certificates that open mailboxes. Asking is a look into memory, which {@link #refresh} keeps up with the table, so what one
 * replica revokes ends at all of them. Thread-safe.
 */
public final class Credentials implements CredentialCheck {
    private final Ledger ledger;
    private final Connections connections;
    private final Clock clock;
    private final Map<String, String> clusterBySerial = new ConcurrentHashMap<>();
    private long seen;

    public Credentials(Ledger ledger, Connections connections, Clock clock) {
        this.ledger = ledger;
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public boolean accepts(PeerCertificate certificate) {
        return certificate.identity().clusterUid().equals(clusterBySerial.get(certificate.serial()));
    }

    /** Records a certificate, inside a transaction. */
    void record(IssuedCertificate issued) {
        ledger.jdbc()
                .update(
                        "insert into credential (serial, cluster_uid, not_after, issued_at, position) values (?, ?, ?, ?, ?)",
                        issued.serial(),
                        issued.identity().clusterUid(),
                        Timestamp.from(issued.notAfter()),
                        Timestamp.from(clock.instant()),
                        ledger.positions(1).first());
    }

    /**
     * Keeps the certificates of clusters as they are until the transaction ends. Credentials are locked before mailboxes, and both
     * before positions are taken.
     */
    public void lock(List<String> clusterUids) {
        ledger.jdbc()
                .query(
                        "select 1 from credential where cluster_uid = any(?) and revoked_at is null order by serial for update",
                        row -> {},
                        (Object) clusterUids.toArray(String[]::new));
    }

    /** Ends every certificate of a cluster, inside a transaction; {@link #refresh} after it closes the connections. */
    public int revoke(String clusterUid) {
        lock(List.of(clusterUid));
        return ledger.jdbc()
                .update(
                        "update credential set revoked_at = ?, position = ? where cluster_uid = ? and revoked_at is null",
                        Timestamp.from(clock.instant()),
                        ledger.positions(1).first(),
                        clusterUid);
    }

    /**
     * Whether a certificate holds, by the table and not by memory, inside a transaction: until that ends, it cannot be revoked.
     */
    boolean holds(PeerCertificate certificate) {
        return !ledger.jdbc()
                .query(
                        "select 1 from credential where serial = ? and cluster_uid = ? and revoked_at is null for update",
                        (row, i) -> 1,
                        certificate.serial(),
                        certificate.identity().clusterUid())
                .isEmpty();
    }

    /** A certificate is in use: those that its cluster had before it end. */
    public void retireOlder(PeerCertificate current) {
        boolean any = ledger.write(() -> {
            List<String> older = ledger.jdbc()
                    .query(
                            "select serial from credential where cluster_uid = ? and revoked_at is null and position < "
                                    + "(select position from credential where serial = ?) order by serial for update",
                            (row, i) -> row.getString(1),
                            current.identity().clusterUid(),
                            current.serial());
            if (!older.isEmpty()) {
                ledger.jdbc()
                        .update(
                                "update credential set revoked_at = ?, position = ? where serial = any(?)",
                                Timestamp.from(clock.instant()),
                                ledger.positions(1).first(),
                                older.toArray(String[]::new));
            }
            return !older.isEmpty();
        });
        if (any) {
            refresh();
        }
    }

    /** Takes over what changed in the table, and closes the connections that were opened with a certificate that ended. */
    public synchronized void refresh() {
        ledger.jdbc()
                .query(
                        "select serial, cluster_uid, revoked_at is not null, position from credential "
                                + "where position > ? and not_after > ? order by position",
                        row -> {
                            if (row.getBoolean(3)) {
                                clusterBySerial.remove(row.getString(1));
                                connections.close(row.getString(2), row.getString(1));
                            } else {
                                clusterBySerial.put(row.getString(1), row.getString(2));
                            }
                            seen = Math.max(seen, row.getLong(4));
                        },
                        seen,
                        Timestamp.from(clock.instant()));
    }

    /** Forgets certificates that have ended; {@link CredentialCheck} callers refuse those by their date anyway. */
    public synchronized int forgetEnded() {
        Timestamp now = Timestamp.from(clock.instant());
        var ended = ledger.jdbc()
                .queryForList("delete from credential where not_after < ? returning serial", String.class, now);
        ended.forEach(clusterBySerial::remove);
        return ended.size();
    }
}
