package io.edgemc.c2p.report;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.bus.consume.ReceivedEvent;
import io.edgemc.c2p.cluster.Clusters;
import io.edgemc.c2p.cluster.KnownCluster;
import io.edgemc.c2p.ledger.Changes;
import io.edgemc.c2p.ledger.Ledger;
import io.edgemc.c2p.normalise.MalformedReportException;
import io.edgemc.c2p.total.Edits;
import io.edgemc.c2p.total.Totals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Takes what clusters report: keeps it, counts it, serves it. */
public final class Reports {
    private final Ledger ledger;
    private final Clusters clusters;
    private final ReportRows rows;
    private final Servings servings;
    private final Totals totals;
    private final Duration threshold;
    private final Clock clock;

    /** @param threshold how long reports of a disconnected cluster count as current */
    public Reports(
            Ledger ledger, Clusters clusters, Servings servings, Totals totals, Duration threshold, Clock clock) {
        this.ledger = ledger;
        this.clusters = clusters;
        this.rows = servings.rows();
        this.servings = servings;
        this.totals = totals;
        this.threshold = threshold;
        this.clock = clock;
    }

    /** Takes a batch in one transaction; what can never be taken goes to {@code reject} with the reason. */
    void take(List<ReportEvent> events, BiConsumer<ReceivedEvent, String> reject) {
        if (events.isEmpty()) {
            return;
        }
        Map<String, List<ReportEvent>> byCluster = new LinkedHashMap<>();
        events.forEach(event -> byCluster
                .computeIfAbsent(event.clusterUid(), uid -> new java.util.ArrayList<>())
                .add(event));
        ledger.run(changes -> {
            Edits edits = new Edits();
            byCluster.forEach((uid, ofCluster) -> take(uid, ofCluster, reject, edits, changes));
            totals.apply(edits, changes);
        });
    }

    private void take(
            String uid,
            List<ReportEvent> events,
            BiConsumer<ReceivedEvent, String> reject,
            Edits edits,
            Changes changes) {
        KnownCluster before = clusters.get(uid);
        List<ObjectKey> keys = events.stream()
                .filter(ReportEvent.Seen.class::isInstance)
                .map(event -> ((ReportEvent.Seen) event).report().key())
                .toList();
        Map<ObjectKey, ReportRow> known = rows.of(uid, keys);
        Round round = servings.round(before, edits, changes);
        KnownCluster cluster = before;
        boolean gone = false;
        Instant now = clock.instant();
        for (ReportEvent event : events) {
            switch (event) {
                case ReportEvent.Contact contact -> cluster = cluster.heard(contact.report(), threshold, now);
                case ReportEvent.Heard heard -> cluster = cluster.delivered(heard.at(), threshold, now);
                case ReportEvent.Parted parted -> gone = true;
                case ReportEvent.Forgotten forgotten -> round.forget(forgotten.key());
                case ReportEvent.Seen seen -> {
                    if (seen.report().epoch() >= cluster.epoch()) {
                        // The time of the broker: the edge's clock may be wrong.
                        cluster = cluster.delivered(seen.event().storedAt(), threshold, now);
                        see(seen, known, round, reject);
                    }
                }
            }
        }
        round.finish();
        if (gone && before.name() == null) {
            // The inventory said so before, and these were the last words that came of it.
            clusters.remove(uid);
            return;
        }
        if (!cluster.equals(before)) {
            clusters.write(cluster);
            if (cluster.current() != before.current()) {
                edits.moved(uid);
            }
        }
    }

    private void see(
            ReportEvent.Seen seen,
            Map<ObjectKey, ReportRow> known,
            Round round,
            BiConsumer<ReceivedEvent, String> reject) {
        ObjectReport report = seen.report();
        ReportRow row = known.get(report.key());
        if (row != null && !report.isAfter(row.epoch(), row.sequence())) {
            return;
        }
        if (row != null && row.hash().equals(report.hash()) && row.object() != report.deleted()) {
            rows.repeated(row.id(), report.epoch(), report.sequence());
            known.put(report.key(), newer(row, report));
            return;
        }
        try {
            known.put(report.key(), round.take(report, observedAt(report, seen.event())));
        } catch (MalformedReportException e) {
            reject.accept(seen.event(), "not a policy report: " + e.getMessage());
        }
    }

    private static ReportRow newer(ReportRow row, ObjectReport report) {
        return new ReportRow(
                row.id(),
                row.clusterUid(),
                row.key(),
                report.epoch(),
                report.sequence(),
                row.hash(),
                row.observedAt(),
                row.object(),
                row.placementMatters());
    }

    private static Instant observedAt(ObjectReport report, @Nullable ReceivedEvent event) {
        try {
            return Instant.parse(report.observedAt());
        } catch (DateTimeParseException e) {
            // An edge whose clock says nothing usable: when the broker had it is near enough.
            return event == null ? Instant.EPOCH : event.storedAt();
        }
    }
}
