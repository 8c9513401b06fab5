package io.edgemc.mailbox.session;

import io.edgemc.api.agent.SessionRequest;
import io.edgemc.mailbox.postbox.Ledger;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The life of the database that edges talk to; in a new one, edges offer their state again. PostgreSQL numbers its lives itself: a
 * restored dump lies in another system, a restored backup on another timeline. A cold copy of its files that was put back shows
 * neither, but edges remember what it does not, and say so. Thread-safe.
 */
public final class HubEpoch {
    private static final String DATABASE = "select (select system_identifier from pg_control_system()) || '/' || "
            + "(select timeline_id from pg_control_checkpoint())";

    private final Ledger ledger;

    private HubEpoch(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Begins a new epoch if this is not the database of the last start. */
    public static HubEpoch open(Ledger ledger) {
        HubEpoch hub = new HubEpoch(ledger);
        ledger.run(() -> {
            String database = Objects.requireNonNull(ledger.jdbc().queryForObject(DATABASE, String.class));
            List<String> kept = ledger.jdbc()
                    .query("select hub_epoch from hub where database = ?", (row, i) -> row.getString(1), database);
            if (kept.isEmpty()) {
                ledger.jdbc()
                        .update(
                                "insert into hub (hub_epoch, database) values (?, ?) on conflict (only_row) do update "
                                        + "set hub_epoch = excluded.hub_epoch, database = excluded.database",
                                UUID.randomUUID().toString(),
                                database);
            }
        });
        return hub;
    }

    /**
     * What a mailbox row says.
     *
     * @param epoch of the last session
     * @param revision of the target
     */
    record Known(long epoch, long revision) {}

    /** The epoch of now, inside a transaction. */
    String current() {
        return Objects.requireNonNull(ledger.jdbc().queryForObject("select hub_epoch from hub", String.class));
    }

    /** The epoch after an agent said what it remembers, inside a transaction that has the mailbox row: a new one if it knows more. */
    String after(SessionRequest request, Known known) {
        if (!isOlder(known, current(), request)) {
            return current();
        }
        String locked = Objects.requireNonNull(
                ledger.jdbc().queryForObject("select hub_epoch from hub for update", String.class));
        if (!isOlder(known, locked, request)) {
            // Another edge noticed as well, and was first.
            return locked;
        }
        String fresh = UUID.randomUUID().toString();
        ledger.jdbc().update("update hub set hub_epoch = ?", fresh);
        return fresh;
    }

    /** Whether the agent remembers, from this very epoch, what the database does not know. */
    static boolean isOlder(Known known, String current, SessionRequest request) {
        return current.equals(request.hubEpoch())
                && (request.lastEpoch() != null && request.lastEpoch() > known.epoch()
                        || request.revision() != null && request.revision() > known.revision());
    }
}
