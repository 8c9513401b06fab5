package io.edgemc.placement.desired;

import io.edgemc.api.event.FleetEvent;
import io.edgemc.kube.store.KindRef;
import io.edgemc.placement.resolve.Executing;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.PlacementResult;
import io.edgemc.placement.resolve.PlacementResult.Conflict;
import io.edgemc.placement.resolve.PlacementResult.ObjectError;
import io.edgemc.placement.resolve.Resolution;
import io.edgemc.placement.space.Draft;
import io.edgemc.placement.space.Ledger;
import io.edgemc.placement.space.ObjectRef;
import io.edgemc.placement.space.View;
import io.edgemc.placement.status.PlacementStatus;
import io.edgemc.placement.status.SourceStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings what the resolver found onto the objects that it is about: errors are on the object, never only in a log. */
final class Outcomes {
    static final KindRef PLACEMENTS = new KindRef("edge-mc.io", "edgeplacements");

    private final Standings standings;
    /** What was told as an event already, so that it is told once. */
    private final Map<PlacementId, Set<String>> told = new HashMap<>();

    Outcomes(Standings standings) {
        this.standings = standings;
    }

    void write(Draft draft, Resolution resolution) {
        for (PlacementResult result : resolution.placements()) {
            write(draft, result);
        }
        for (Executing executing : resolution.executing()) {
            write(draft, executing);
        }
    }

    void committed(Resolution resolution) {
        for (PlacementResult result : resolution.placements()) {
            Set<String> now = new HashSet<>();
            result.conflicts().forEach(conflict -> now.add(subject(conflict)));
            result.errors().forEach(error -> now.add(subject(error)));
            if (now.isEmpty()) {
                told.remove(result.placement());
            } else {
                told.put(result.placement(), now);
            }
        }
    }

    private void write(Draft draft, PlacementResult result) {
        PlacementId placement = result.placement();
        ObjectRef ref = new ObjectRef(View.ofSpace(placement.space()), PLACEMENTS, "", placement.name());
        draft.refine(
                ref,
                object -> {
                    if (!object.at("/metadata/uid").asString("").equals(placement.uid())) {
                        return null;
                    }
                    PlacementStatus.result(object, result, draft.now());
                    PlacementStatus.deliveries(object, standings.deliveries().counts(placement), draft.now());
                    return object;
                },
                PlacementConsequences.HUB);
        Set<String> before = told.getOrDefault(placement, Set.of());
        for (Conflict conflict : result.conflicts()) {
            if (!before.contains(subject(conflict))) {
                draft.event(null, event("conflict", "", placement, conflict.object(), message(conflict), draft));
            }
        }
        for (ObjectError error : result.errors()) {
            if (!before.contains(subject(error))) {
                draft.event(
                        uid(draft, error.cluster()),
                        event("render-failed", error.cluster(), placement, error.object(), error.reason(), draft));
            }
        }
    }

    /** Null if the error is the same for all clusters. */
    private static @Nullable String uid(Draft draft, String cluster) {
        return cluster.isEmpty()
                ? null
                : draft.uid(new ObjectRef(View.INVENTORY, ClusterObjects.CLUSTERS, "", cluster));
    }

    private static void write(Draft draft, Executing executing) {
        ObjectRef ref = new ObjectRef(
                View.ofSpace(executing.space()),
                new KindRef(executing.key().group(), executing.key().resource()),
                executing.key().namespace(),
                executing.key().name());
        String only = executing.wantSingleton() ? executing.onlyCluster() : null;
        draft.refine(
                ref,
                object -> SourceStatus.executing(
                        object,
                        executing.clusters(),
                        only,
                        only == null ? null : draft.returned(new Ledger.Copy(only, executing.key()))),
                PlacementConsequences.HUB);
    }

    private static String subject(Conflict conflict) {
        return "conflict " + conflict.object() + " " + conflict.rule();
    }

    private static String subject(ObjectError error) {
        return "render-failed " + error.object() + " " + error.cluster();
    }

    private static String message(Conflict conflict) {
        PlacementResult.@Nullable Source winner = conflict.winner();
        List<String> losers =
                conflict.losers().stream().map(PlacementResult.Source::space).toList();
        return "several sources send different versions; rule " + conflict.rule()
                + (winner == null ? ", none goes out" : ", space " + winner.space() + " wins")
                + " over " + String.join(", ", losers);
    }

    private static FleetEvent event(
            String type, String cluster, PlacementId placement, String object, String message, Draft draft) {
        return new FleetEvent(
                type,
                cluster,
                object,
                message,
                draft.now().toString(),
                Map.of("space", placement.space(), "placement", placement.name()));
    }
}
