package io.edgemc.mailbox.report;

import io.edgemc.api.agent.ReportTree;
import io.edgemc.api.content.KeyRing;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.changelog.PositionRange;
import io.edgemc.mailbox.content.SeenKinds;
import io.edgemc.mailbox.postbox.Ledger;
import io.edgemc.mailbox.report.order.ReportOrder;
import io.edgemc.mailbox.report.order.ReportOrder.Subject;
import io.edgemc.mailbox.report.order.ReportStep;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The last report of each object, in PostgreSQL. Thread-safe. */
public final class ReportedObjects {
    private static final byte[] NOTHING = {};

    private final Ledger ledger;
    private final SealedReports sealing;
    private final Clock clock;
    private final SeenKinds kinds;
    private final ReportBuckets buckets;

    public ReportedObjects(Ledger ledger, ReportLog log, SeenKinds kinds, Clock clock) {
        this.ledger = ledger;
        this.sealing = log.sealing();
        this.clock = clock;
        this.kinds = kinds;
        this.buckets = new ReportBuckets(ledger.jdbc());
    }

    private record Stored(ReportOrder.Known known, @Nullable String labels) {}

    /** Applies steps in their order: older reports, unchanged ones and those of fenced sessions write nothing. */
    void take(List<ReportStep> steps) {
        if (steps.isEmpty()) {
            return;
        }
        Runnable committed = ledger.write(() -> {
            ReportOrder order = ReportOrder.of(steps, lock(steps));
            write(order.latest());
            raise(order.raised());
            return kinds.sawObjects(order.latest().values());
        });
        committed.run();
    }

    /** Forgets objects that were deleted long ago; watches have seen them go. */
    public int forgetDeleted(java.time.Duration after) {
        return ledger.jdbc()
                .update(
                        "with gone as (delete from reported where deleted and changed_at < ? returning position) "
                                + "update view_horizon set position = greatest(position, "
                                + "(select coalesce(max(position), 0) from gone))",
                        Timestamp.from(clock.instant().minus(after)));
    }

    /** The fences of the clusters that have a mailbox; their rows are locked, in the order in which all writers lock. */
    private Map<String, Long> lock(Collection<ReportStep> steps) {
        Map<String, Long> fences = new HashMap<>();
        ledger.jdbc()
                .query(
                        "select cluster_uid, fenced_epoch from mailbox where cluster_uid = any(?) "
                                + "order by cluster_uid for no key update",
                        row -> {
                            fences.put(row.getString(1), row.getLong(2));
                        },
                        (Object) steps.stream()
                                .map(ReportStep::clusterUid)
                                .distinct()
                                .toArray(String[]::new));
        return fences;
    }

    private void write(Map<Subject, ObjectReport> latest) {
        Map<Subject, Stored> stored = stored(latest.keySet());
        List<Map.Entry<Subject, ObjectReport>> changed = latest.entrySet().stream()
                .filter(entry -> changes(entry.getValue(), stored.get(entry.getKey())))
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        ReportBuckets.Changes sums = new ReportBuckets.Changes();
        changed.forEach(entry -> sum(entry.getValue(), stored.get(entry.getKey()), sums));
        buckets.write(sums);
        PositionRange range = ledger.positions(changed.size());
        Timestamp now = Timestamp.from(clock.instant());
        List<Object[]> rows = new ArrayList<>(changed.size());
        for (int i = 0; i < changed.size(); i++) {
            Stored before = stored.get(changed.get(i).getKey());
            rows.add(row(changed.get(i).getValue(), before, range.at(i), now));
        }
        ledger.jdbc()
                .batchUpdate(
                        "insert into reported as r (cluster_uid, object_key, kind, origin, epoch, sequence, generation, hash, "
                                + "deleted, body, key_id, labels, previous_labels, observed_at, position, changed_at, bucket) "
                                + "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (cluster_uid, object_key) "
                                + "do update set origin = excluded.origin, epoch = excluded.epoch, "
                                + "sequence = excluded.sequence, generation = excluded.generation, hash = excluded.hash, "
                                + "deleted = excluded.deleted, "
                                // The last body of a deleted object stays, so that watches can show what went.
                                + "body = case when excluded.deleted then r.body else excluded.body end, "
                                + "key_id = case when excluded.deleted then r.key_id else excluded.key_id end, "
                                + "labels = case when excluded.deleted then r.labels else excluded.labels end, "
                                + "previous_labels = excluded.previous_labels, observed_at = excluded.observed_at, "
                                + "position = excluded.position, changed_at = excluded.changed_at",
                        rows);
    }

    private static void sum(ObjectReport report, @Nullable Stored before, ReportBuckets.Changes sums) {
        if (before != null && !before.known().deleted()) {
            sums.remove(report.clusterUid(), report.key(), before.known().hash());
        }
        if (!report.deleted()) {
            sums.add(report.clusterUid(), report.key(), report.hash());
        }
    }

    private Object[] row(ObjectReport report, @Nullable Stored before, long position, Timestamp now) {
        ObjectKey key = report.key();
        boolean secret = SealedReports.isSecret(key);
        KeyRing keys = sealing.keys();
        byte[] body = report.object() == null ? NOTHING : CanonicalJson.bytes(withHash(report, secret));
        return new Object[] {
            report.clusterUid(),
            key.text(),
            key.groupResource(),
            report.origin().name(),
            report.epoch(),
            report.sequence(),
            report.generation(),
            sealing.restingHash(key, report.hash()),
            report.deleted(),
            secret && body.length > 0 ? keys.seal(body) : body,
            secret ? keys.sealingKeyId() : null,
            labels(report),
            before == null || before.known().deleted() ? null : before.labels(),
            report.observedAt(),
            position,
            now,
            ReportTree.bucket(key)
        };
    }

    /** Marks that a sealed body carries, since the table has no plain hash of it. */
    public static final String HASH_MEMBER = "edge-mc.io/hash";

    private static JsonNode withHash(ObjectReport report, boolean secret) {
        var object = Objects.requireNonNull(report.object());
        return secret ? object.deepCopy().put(HASH_MEMBER, report.hash()) : object;
    }

    private boolean changes(ObjectReport report, @Nullable Stored stored) {
        return ReportOrder.changes(
                report, sealing.restingHash(report.key(), report.hash()), stored == null ? null : stored.known());
    }

    private Map<Subject, Stored> stored(Collection<Subject> keys) {
        Map<Subject, Stored> stored = new HashMap<>();
        ledger.jdbc()
                .query(
                        "select r.cluster_uid, r.object_key, epoch, sequence, hash, deleted, labels from reported r "
                                + "join unnest(?::text[], ?::text[]) as k(cluster_uid, object_key) "
                                + "on r.cluster_uid = k.cluster_uid and r.object_key = k.object_key",
                        row -> {
                            stored.put(
                                    new Subject(row.getString(1), row.getString(2)),
                                    new Stored(
                                            new ReportOrder.Known(
                                                    row.getLong(3),
                                                    row.getLong(4),
                                                    row.getString(5),
                                                    row.getBoolean(6)),
                                            row.getString(7)));
                        },
                        keys.stream().map(Subject::clusterUid).toArray(String[]::new),
                        keys.stream().map(Subject::object).toArray(String[]::new));
        return stored;
    }

    private void raise(Map<String, Long> fences) {
        ledger.jdbc()
                .batchUpdate(
                        "update mailbox set fenced_epoch = ? where cluster_uid = ? and fenced_epoch < ?",
                        new TreeMap<>(fences)
                                .entrySet().stream()
                                        .map(fence -> new Object[] {fence.getValue(), fence.getKey(), fence.getValue()})
                                        .toList());
    }

    private static String labels(ObjectReport report) {
        if (report.object() == null) {
            return "{}";
        }
        JsonNode labels = report.object().path("metadata").path("labels");
        return labels.isObject() ? ApiJson.MAPPER.writeValueAsString(labels) : "{}";
    }
}
