package io.edgemc.c2p.report;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.c2p.cluster.KnownCluster;
import io.edgemc.c2p.ledger.Changes;
import io.edgemc.c2p.ledger.ServedKey;
import io.edgemc.c2p.normalise.MalformedReportException;
import io.edgemc.c2p.normalise.NormalReport;
import io.edgemc.c2p.normalise.PlacedPolicies;
import io.edgemc.c2p.normalise.RawReport;
import io.edgemc.c2p.normalise.ReportKind;
import io.edgemc.c2p.total.Edits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a transaction does to the reports of one cluster: first claims are settled, then what they touch is served anew, once. */
final class Round {
    private static final String OPEN_REPORTS = "openreports.io";

    private record Served(ReportKind kind, String namespace, String name) {
        static Served of(ObjectKey key) {
            return new Served(ReportKind.of(key), key.namespace(), key.name());
        }

        /** The keys of the reports that this is served from, the one whose metadata is shown first. */
        List<ObjectKey> sources() {
            String open = kind == ReportKind.POLICY_REPORT ? "reports" : "clusterreports";
            return List.of(
                    new ObjectKey(ReportKind.GROUP, kind.resource(), namespace, name),
                    new ObjectKey(OPEN_REPORTS, open, namespace, name));
        }
    }

    private final Servings servings;
    private final KnownCluster cluster;
    private final Edits edits;
    private final Changes changes;
    private final Set<Served> dirty = new LinkedHashSet<>();
    private final Set<Long> touched = new LinkedHashSet<>();
    private final Map<Long, NormalReport> normal = new LinkedHashMap<>();
    private @Nullable PlacedPolicies placed;

    Round(Servings servings, KnownCluster cluster, Edits edits, Changes changes) {
        this.servings = servings;
        this.cluster = cluster;
        this.edits = edits;
        this.changes = changes;
    }

    /** A report says something new, or that its object is gone. */
    ReportRow take(ObjectReport report, Instant observedAt) throws MalformedReportException {
        ObjectNode object = report.object();
        NormalReport form = null;
        if (object != null) {
            // Also while the cluster has no name yet: what cannot be read is refused when it comes, not later.
            form = normalise(report.key(), observedAt, object);
        }
        long id = servings.rows().write(report, observedAt);
        if (cluster.name() != null) {
            claim(id, report.key(), form);
        }
        return new ReportRow(
                id,
                report.clusterUid(),
                report.key(),
                report.epoch(),
                report.sequence(),
                report.hash(),
                observedAt,
                object != null,
                form != null && form.placementMatters());
    }

    /** A kept report is read again, for something else changed. */
    void again(ReportRow row) throws MalformedReportException {
        claim(
                row.id(),
                row.key(),
                normalise(row.key(), row.observedAt(), servings.rows().body(row.id())));
    }

    /** A report is gone with its cluster. */
    void forget(ObjectKey key) {
        ReportRow row = servings.rows().of(cluster.uid(), List.of(key)).get(key);
        if (row != null) {
            claim(row.id(), key, null);
            servings.rows().remove(row.id());
        }
    }

    /** Serves what was touched. */
    void finish() {
        if (cluster.name() == null) {
            return;
        }
        touched.forEach(id -> servings.rows().key(id).ifPresent(key -> dirty.add(Served.of(key))));
        dirty.forEach(this::serve);
    }

    private void claim(long id, ObjectKey key, @Nullable NormalReport form) {
        if (form == null) {
            normal.remove(id);
        } else {
            normal.put(id, form);
            servings.rows().placementMatters(id, form.placementMatters());
        }
        touched.addAll(
                servings.claims().replace(cluster.uid(), id, key, form == null ? List.of() : form.results(), edits));
        dirty.add(Served.of(key));
    }

    private NormalReport normalise(ObjectKey key, Instant observedAt, ObjectNode object)
            throws MalformedReportException {
        String name = Objects.requireNonNullElse(cluster.name(), cluster.uid());
        return servings.normaliser().normalise(new RawReport(name, key, observedAt, object), placed());
    }

    private PlacedPolicies placed() {
        PlacedPolicies known = placed;
        if (known == null) {
            known = servings.placements().at(cluster.uid());
            placed = known;
        }
        return known;
    }

    private void serve(Served served) {
        Map<ObjectKey, ReportRow> rows = servings.rows().of(cluster.uid(), served.sources());
        List<NormalReport.Part> parts = new ArrayList<>();
        rows.values().stream()
                .filter(ReportRow::object)
                .sorted(Comparator.comparing(row -> served.sources().indexOf(row.key())))
                .forEach(row -> parts.add(
                        new NormalReport.Part(form(row), servings.claims().outdone(row.id()))));
        ServedKey key = new ServedKey(
                cluster.uid(),
                Objects.requireNonNull(cluster.name()),
                ReportKind.GROUP,
                served.kind().resource(),
                served.namespace(),
                served.name());
        if (parts.isEmpty()) {
            changes.withdraw(key);
        } else {
            changes.serve(key, NormalReport.serve(parts));
        }
        servings.namespaces().used(cluster, served.namespace(), served.name(), !parts.isEmpty(), changes);
    }

    private NormalReport form(ReportRow row) {
        NormalReport known = normal.get(row.id());
        if (known != null) {
            return known;
        }
        try {
            return normalise(row.key(), row.observedAt(), servings.rows().body(row.id()));
        } catch (MalformedReportException e) {
            throw new IllegalStateException("a report that was taken cannot be read again", e);
        }
    }
}
