package io.edgemc.mailbox.delivery;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.manifest.MissingContentException;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.changelog.PositionRange;
import io.edgemc.mailbox.content.ContentStore;
import io.edgemc.mailbox.postbox.Ledger;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.postbox.MailboxIndex;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The targets of mailboxes in PostgreSQL. A target counts only when everything it brings is here; until then it is parked, and the
 * mailbox keeps the one before. Thread-safe.
 */
public final class Targets {
    private final Ledger ledger;
    private final ContentStore contents;
    private final Differences differences;
    private final MailboxIndex index;
    private final Clock clock;

    public Targets(Ledger ledger, ContentStore contents, Differences differences, MailboxIndex index, Clock clock) {
        this.index = index;
        this.ledger = ledger;
        this.contents = contents;
        this.differences = differences;
        this.clock = clock;
    }

    private record Current(long revision, TargetState state) {}

    private record Move(Target target, TargetState from, int changes) {}

    /** Sets the targets that can be, parks the others; returns what those wait for, by cluster. Older targets change nothing. */
    Map<String, Digest> accept(Collection<Target> offered) {
        return ledger.write(() -> {
            Map<String, Current> current = lock(offered);
            Map<String, Digest> missing = new HashMap<>();
            List<Move> moves = new ArrayList<>();
            List<Object[]> parked = new ArrayList<>();
            for (Target target : offered) {
                Current now = current.get(target.clusterUid());
                if (now == null) {
                    parked.add(park(target, null));
                } else if (now.revision() < target.revision()) {
                    try {
                        int changes =
                                differences.between(now.state(), target.state()).size();
                        moves.add(new Move(target, now.state(), Math.max(1, changes)));
                    } catch (MissingContentException e) {
                        missing.put(target.clusterUid(), e.digest());
                        parked.add(park(target, e.digest()));
                    }
                }
            }
            store(parked);
            move(moves);
            return missing;
        });
    }

    /**
     * Whether everything is here that the targets bring to the mailboxes as they are known in memory; what is found is remembered for
     * {@link #accept}.
     */
    boolean areComplete(Collection<Target> offered) {
        for (Target target : offered) {
            Optional<MailboxHead> head = index.find(target.clusterUid());
            if (head.isPresent() && head.get().targetRevision() < target.revision()) {
                try {
                    differences.between(head.get().target(), target.state());
                } catch (MissingContentException e) {
                    return false;
                }
            }
        }
        return true;
    }

    List<Target> waitingFor(Collection<Digest> digests) {
        return digests.isEmpty()
                ? List.of()
                : parked("missing = any(?)", digests.stream().map(Digest::hex).toArray(String[]::new));
    }

    List<Target> waitingForMailbox(Collection<String> clusterUids) {
        return clusterUids.isEmpty()
                ? List.of()
                : parked("missing is null and cluster_uid = any(?)", clusterUids.toArray(String[]::new));
    }

    List<Target> allParked() {
        return parked("cluster_uid <> all(?)", new String[0]);
    }

    /** Those of the digests whose content is here. */
    Set<Digest> nowHere(Set<Digest> digests) {
        Set<Digest> here = new HashSet<>(digests);
        while (true) {
            var missing = contents.firstMissing(here);
            if (missing.isEmpty()) {
                return here;
            }
            here.remove(missing.get());
        }
    }

    void forgetParked(Collection<String> clusterUids) {
        if (!clusterUids.isEmpty()) {
            ledger.jdbc().update("delete from parked_target where cluster_uid = any(?)", (Object)
                    clusterUids.toArray(String[]::new));
        }
    }

    /** How many targets wait. */
    public long countParked() {
        Long count = ledger.jdbc().queryForObject("select count(*) from parked_target", Long.class);
        return count == null ? 0 : count;
    }

    /** Age of the oldest target that waits, in seconds; 0 if none does. */
    public double oldestParkedSeconds() {
        List<Timestamp> oldest = ledger.jdbc()
                .query("select at from parked_target order by at limit 1", (row, i) -> row.getTimestamp(1));
        return oldest.isEmpty()
                ? 0
                : Duration.between(oldest.getFirst().toInstant(), clock.instant())
                                .toMillis()
                        / 1000.0;
    }

    private List<Target> parked(String where, String[] parameter) {
        return ledger.jdbc()
                .query(
                        "select target from parked_target where " + where,
                        (row, i) -> ApiJson.MAPPER.readValue(row.getString(1), Target.class),
                        (Object) parameter);
    }

    private Map<String, Current> lock(Collection<Target> offered) {
        Map<String, Current> current = new HashMap<>();
        ledger.jdbc()
                .query(
                        // Until the end of the transaction nothing is removed that is found to be here.
                        "with fence as materialized (select pg_advisory_xact_lock_shared(" + ContentStore.FENCE + ")) "
                                + "select cluster_uid, target_revision, target_state from fence, mailbox "
                                + "where cluster_uid = any(?) order by cluster_uid for no key update of mailbox",
                        row -> {
                            current.put(
                                    row.getString(1), new Current(row.getLong(2), TargetState.parse(row.getString(3))));
                        },
                        (Object) offered.stream().map(Target::clusterUid).toArray(String[]::new));
        return current;
    }

    private Object[] park(Target target, @Nullable Digest missing) {
        return new Object[] {
            target.clusterUid(),
            target.revision(),
            ApiJson.MAPPER.writeValueAsString(target),
            missing == null ? null : missing.hex(),
            Timestamp.from(clock.instant())
        };
    }

    private void store(List<Object[]> parked) {
        if (!parked.isEmpty()) {
            ledger.jdbc()
                    .batchUpdate(
                            "insert into parked_target as p (cluster_uid, revision, target, missing, at) values (?, ?, ?, ?, ?) "
                                    + "on conflict (cluster_uid) do update set revision = excluded.revision, "
                                    + "target = excluded.target, missing = excluded.missing "
                                    + "where p.revision <= excluded.revision",
                            parked);
        }
    }

    /** What is not a time says nothing; a target is not refused for that. */
    private static @Nullable Timestamp writtenAt(Target target) {
        try {
            return target.writtenAt() == null ? null : Timestamp.from(Instant.parse(target.writtenAt()));
        } catch (DateTimeParseException unknown) {
            return null;
        }
    }

    private void move(List<Move> moves) {
        if (moves.isEmpty()) {
            return;
        }
        Timestamp now = Timestamp.from(clock.instant());
        PositionRange range =
                ledger.positions(moves.stream().mapToInt(Move::changes).sum());
        List<Object[]> rows = new ArrayList<>();
        List<Object[]> steps = new ArrayList<>();
        List<Object[]> done = new ArrayList<>();
        long first = range.first();
        for (Move move : moves) {
            Target target = move.target();
            long last = first + move.changes() - 1;
            rows.add(new Object[] {
                target.revision(),
                target.state().text(),
                target.since(),
                target.combination() == null ? null : target.combination().hex(),
                target.traceparent(),
                writtenAt(target),
                now,
                last,
                target.clusterUid()
            });
            steps.add(new Object[] {
                target.clusterUid(),
                last,
                first,
                move.from().text(),
                target.state().text(),
                now
            });
            done.add(new Object[] {target.clusterUid(), target.revision()});
            first = last + 1;
        }
        ledger.jdbc()
                .batchUpdate(
                        "update mailbox set target_revision = ?, target_state = ?, target_since = ?, target_combination = ?, "
                                + "target_trace = ?, target_written_at = ?, target_at = ?, position = ? where cluster_uid = ?",
                        rows);
        ledger.jdbc()
                .batchUpdate(
                        "insert into target_history (cluster_uid, last_position, first_position, from_state, to_state, at) "
                                + "values (?, ?, ?, ?, ?, ?)",
                        steps);
        ledger.jdbc().batchUpdate("delete from parked_target where cluster_uid = ? and revision <= ?", done);
    }
}
