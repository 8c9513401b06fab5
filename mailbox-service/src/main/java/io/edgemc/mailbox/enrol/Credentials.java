package io.edgemc.mailbox.enrol;

import io.edgemc.mailbox.authority.IssuedCertificate;
import io.edgemc.mailbox.authority.PeerCertificate;
import io.edgemc.mailbox.listener.Connections;
import io.edgemc.mailbox.listener.CredentialCheck;
import io.edgemc.mailbox.postbox.Ledger;
import java.sql.Timestamp;
import java.time.Clock;
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

    /** Ends every certificate of a cluster, inside a transaction; {@link #refresh} after it closes the connections. */
    public int revoke(String clusterUid) {
        return ledger.jdbc()
                .update(
                        "update credential set revoked_at = ?, position = ? where cluster_uid = ? and revoked_at is null",
                        Timestamp.from(clock.instant()),
                        ledger.positions(1).first(),
                        clusterUid);
    }

    /** Takes over what changed in the table, and closes the connections of clusters that lost a certificate. */
    public synchronized void refresh() {
        ledger.jdbc()
                .query(
                        "select serial, cluster_uid, revoked_at is not null, position from credential "
                                + "where position > ? and not_after > ? order by position",
                        row -> {
                            if (row.getBoolean(3)) {
                                clusterBySerial.remove(row.getString(1));
                                connections.close(row.getString(2));
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
