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
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.View;
import io.edgemc.placement.status.ClusterStatus;
import io.edgemc.placement.status.SourceStatus;
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
        objects.forEach(report -> take(draft, report));
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

    private void take(Draft draft, ObjectReport report) {
        if (report.origin() != Origin.DOWNSYNC || placement.clusterName(report.clusterUid()) == null) {
            return;
        }
        boolean wanted = false;
        for (String space : placement.spaces()) {
            ObjectRef ref = refOf(space, report.key());
            if (draft.exists(ref)) {
                Executing executing = placement.resolver().executing(space, report.key());
                if (executing.wantSingleton()) {
                    wanted = true;
                    show(draft, ref, executing, report);
                }
            }
        }
        if (wanted) {
            draft.returned(new Ledger.Returned(
                    report.clusterUid(), report.key(), report.epoch(), report.sequence(), status(report)));
        }
    }

    private static void show(Draft draft, ObjectRef ref, Executing executing, ObjectReport report) {
        if (report.clusterUid().equals(executing.onlyCluster())) {
            draft.refine(
                    ref,
                    object -> SourceStatus.executing(
                            object, executing.clusters(), executing.onlyCluster(), status(report)),
                    PlacementConsequences.HUB);
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
