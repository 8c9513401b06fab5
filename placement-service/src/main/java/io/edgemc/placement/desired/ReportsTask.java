package io.edgemc.placement.desired;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.StoreException;
import io.edgemc.placement.resolve.Executing;
import io.edgemc.placement.space.Draft;
import io.edgemc.placement.space.EngineTask;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.Ledger.Copy;
import io.edgemc.placement.space.Ledger.Returned;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.View;
import io.edgemc.placement.status.ClusterStatus;
import io.edgemc.placement.status.SourceStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes a batch of reports into status. May come again with the same reports. */
public final class ReportsTask implements EngineTask {
    private final PlacementConsequences placement;
    private final Map<String, ClusterReport> clusters;
    private final List<ObjectReport> objects;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();

    /** @param clusters the latest report of each cluster, by uid */
    public ReportsTask(
            PlacementConsequences placement, Map<String, ClusterReport> clusters, List<ObjectReport> objects) {
        this.placement = placement;
        this.clusters = Map.copyOf(clusters);
        this.objects = List.copyOf(objects);
    }

    /** Completes when the reports are taken in durably. */
    public CompletableFuture<Boolean> done() {
        return done;
    }

    @Override
    public void draft(Draft draft) {
        clusters.values().forEach(report -> take(draft, report));
        takeObjects(draft);
    }

    private void take(Draft draft, ClusterReport report) {
        Standings standings = placement.standings();
        ClusterReport known = standings.report(report.clusterUid());
        String name = placement.clusterName(report.clusterUid());
        if (name == null || known != null && known.isAfter(report.epoch(), report.sequence())) {
            return;
        }
        standings.report(report);
        long acknowledged = placement.acknowledged(report);
        draft.progress(new Ledger.Progress(report, acknowledged));
        ObjectRef ref = new ObjectRef(View.INVENTORY, ClusterObjects.CLUSTERS, "", name);
        ClusterEvents.tell(draft, name, known, report);
        draft.refine(
                ref,
                cluster -> {
                    ClusterStatus.reported(
                            cluster, report, standings.deliveries().targetRevision(report.clusterUid()), draft.now());
                    return cluster;
                },
                PlacementConsequences.HUB);
        Decommission.finish(draft, standings, ref, PlacementConsequences.HUB);
    }

    /** An older report never overwrites a newer one, however often and in which order they come. */
    private void takeObjects(Draft draft) {
        Map<Copy, ObjectReport> newest = new LinkedHashMap<>();
        for (ObjectReport report : objects) {
            if (report.origin() == Origin.DOWNSYNC && placement.clusterName(report.clusterUid()) != null) {
                newest.merge(
                        new Copy(report.clusterUid(), report.key()),
                        report,
                        (one, other) -> one.isAfter(other.epoch(), other.sequence()) ? one : other);
            }
        }
        Map<Copy, Returned> known = draft.returned(newest.keySet());
        newest.forEach((copy, report) -> {
            Returned before = known.get(copy);
            if (before == null || report.isAfter(before.epoch(), before.sequence())) {
                take(draft, copy, report, before != null);
            }
        });
    }

    private void take(Draft draft, Copy copy, ObjectReport report, boolean known) {
        JsonNode status = status(report);
        if (known || status != null) {
            draft.returned(new Returned(copy, report.epoch(), report.sequence(), status, report.deleted()));
        }
        for (String space : placement.resolver().spacesWanting(report.key())) {
            ObjectRef ref = refOf(space, report.key());
            Executing executing = placement.resolver().executing(space, report.key());
            if (executing.wantSingleton() && report.clusterUid().equals(executing.onlyCluster()) && draft.exists(ref)) {
                draft.refine(
                        ref,
                        object -> SourceStatus.executing(object, executing.clusters(), executing.onlyCluster(), status),
                        PlacementConsequences.HUB);
            }
        }
    }

    private static @Nullable JsonNode status(ObjectReport report) {
        return report.object() == null ? null : report.object().get("status");
    }

    private static ObjectRef refOf(String space, ObjectKey key) {
        return new ObjectRef(
                View.ofSpace(space), new KindRef(key.group(), key.resource()), key.namespace(), key.name());
    }

    @Override
    public void committed() {
        done.complete(true);
    }

    @Override
    public void failed(StoreException reason) {
        done.completeExceptionally(reason);
    }

    @Override
    public int weight() {
        return 1_000 * (clusters.size() + objects.size());
    }
}
