package io.edgemc.mailbox.session;

import io.edgemc.mailbox.postbox.Ledger;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The life of the database that edges talk to. PostgreSQL numbers its lives itself: a restored dump lies in another system, a
 * restored backup on another timeline. If either changed since the last start, edges must be told to offer their state again.
 */
public final class HubEpoch {
    private static final String DATABASE = "select (select system_identifier from pg_control_system()) || '/' || "
            + "(select timeline_id from pg_control_checkpoint())";

    private HubEpoch() {}

    /** The current epoch; a new one if this is not the database of the last start. */
    public static String read(Ledger ledger) {
        return ledger.write(() -> {
            String database = Objects.requireNonNull(ledger.jdbc().queryForObject(DATABASE, String.class));
            List<String> kept = ledger.jdbc()
                    .query("select hub_epoch from hub where database = ?", (row, i) -> row.getString(1), database);
            if (!kept.isEmpty()) {
                return kept.getFirst();
            }
            String fresh = UUID.randomUUID().toString();
            ledger.jdbc()
                    .update(
                            "insert into hub (hub_epoch, database) values (?, ?) on conflict (only_row) do update "
                                    + "set hub_epoch = excluded.hub_epoch, database = excluded.database",
                            fresh,
                            database);
            return fresh;
        });
    }
}
