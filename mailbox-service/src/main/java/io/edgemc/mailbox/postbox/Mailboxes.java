package io.edgemc.mailbox.postbox;

import io.edgemc.api.inventory.ClusterRecord;
import io.edgemc.api.target.TargetState;
import io.edgemc.changelog.PositionRange;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The life of mailboxes, as the inventory says. Thread-safe. */
public final class Mailboxes {
    private final Ledger ledger;
    private final Clock clock;

    public Mailboxes(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Makes or updates mailboxes, inside a transaction; older records change nothing. A new mailbox is a cluster report of its own
     * (epoch 0): that the cluster was never there is the edge's word as long as it has none, and others wait for it.
     */
    void keep(Collection<ClusterRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        // One each: reports are read in pages by their position.
        PositionRange positions = ledger.positions(records.size());
        List<Object[]> rows = new ArrayList<>(records.size());
        for (ClusterRecord record : records) {
            long position = positions.at(rows.size());
            rows.add(new Object[] {
                record.uid(),
                record.name(),
                record.state().name(),
                record.revision(),
                TargetState.EMPTY.text(),
                position,
                position
            });
        }
        ledger.jdbc()
                .batchUpdate(
                        "insert into mailbox as m (cluster_uid, cluster_name, state, record_revision, target_state, position, "
                                + "report_sequence, report_position) "
                                + "values (?, ?, ?, ?, ?, ?, 1, ?) on conflict (cluster_uid) do update set "
                                + "cluster_name = excluded.cluster_name, state = excluded.state, "
                                + "record_revision = excluded.record_revision, position = excluded.position "
                                + "where m.record_revision < excluded.record_revision",
                        rows);
    }

    /** Removes mailboxes and everything of them, inside a transaction. */
    void remove(List<String> clusterUids) {
        if (clusterUids.isEmpty()) {
            return;
        }
        String[] uids = clusterUids.toArray(String[]::new);
        // The rows first, then the counter: the order in which every writer here locks.
        ledger.jdbc()
                .query(
                        "select 1 from mailbox where cluster_uid = any(?) order by cluster_uid for update",
                        row -> {},
                        (Object) uids);
        ledger.jdbc().update("delete from parked_target where cluster_uid = any(?)", (Object) uids);
        long position = ledger.positions(1).first();
        ledger.jdbc().update("delete from mailbox where cluster_uid = any(?)", (Object) uids);
        ledger.jdbc()
                .update(
                        "insert into departed (cluster_uid, position, at) select unnest(?), ?, ? "
                                + "on conflict (cluster_uid) do update set position = excluded.position, at = excluded.at",
                        uids,
                        position,
                        Timestamp.from(clock.instant()));
    }

    /** Forgets that clusters departed, after a time in which everyone noticed. */
    public int forgetDeparted(java.time.Duration after) {
        return ledger.jdbc()
                .update(
                        "delete from departed where at < ?",
                        Timestamp.from(clock.instant().minus(after)));
    }
}
