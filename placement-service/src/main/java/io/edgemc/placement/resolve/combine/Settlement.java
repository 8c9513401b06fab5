package io.edgemc.placement.resolve.combine;

import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.placement.resolve.Cause;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.combine.Bases.Delta;
import io.edgemc.placement.resolve.combine.Overlays.Overlay;
import io.edgemc.placement.resolve.space.Dirty;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings cohorts and targets in line with one batch: clusters move between cohorts, shared manifests change by the keys that are
 * dirty, overlays follow, and a pointer is written for each cluster whose state is another.
 */
final class Settlement {
    private final Combining model;
    private final Dirty dirty;
    private final long revision;
    private final Map<String, Cause> movers = new LinkedHashMap<>();
    private final Map<Cohort, @Nullable Cohort> created = new LinkedHashMap<>();
    /** By uid of a cluster that moves, the revision of the youngest tombstone that it had. */
    private final Map<String, Long> youngest = new HashMap<>();

    private final Set<Cohort> left = new LinkedHashSet<>();
    private final Map<Cohort, Delta> updated = new LinkedHashMap<>();
    /** Of what was done to a cohort's objects, the first; it is what the targets that change by it follow from. */
    private final Map<Cohort, Cause> causes = new HashMap<>();

    private final Map<List<@Nullable Cohort>, Cause> moves = new HashMap<>();
    private final Map<ObjectKey, Set<String>> executing = new LinkedHashMap<>();
    private final Pointers pointers;

    Settlement(Combining model, Dirty dirty, long revision) {
        this.model = model;
        this.dirty = dirty;
        this.revision = revision;
        this.pointers = new Pointers(model, dirty, revision);
        dirty.keys.forEach(
                (key, causes) -> causes.keySet().forEach(id -> executing(key).add(id.space())));
    }

    List<Target> targets() {
        return pointers.targets();
    }

    /** Keys, with spaces, of which clusters may have come to hold or to lose an object. */
    Map<ObjectKey, Set<String>> executing() {
        return executing;
    }

    /**
     * @param moved clusters that other placements may select now, or whose life went on
     * @param reparametrized clusters of which labels, annotations, properties or name changed
     */
    void settle(Map<String, Cause> moved, Map<String, Cause> reparametrized) {
        Map<String, ClusterState> before = new HashMap<>();
        moved.forEach((uid, cause) -> regroup(uid, cause, before));
        updateBases();
        created.forEach(this::fill);
        movers.forEach(
                (uid, cause) -> move(Objects.requireNonNull(before.get(uid)), cause, reparametrized.containsKey(uid)));
        Map<Cohort, Map<String, Cause>> own = new HashMap<>();
        reparametrized.forEach((uid, cause) -> {
            ClusterState cluster = model.clusters.get(uid);
            if (cluster != null && cluster.cohort() != null && !movers.containsKey(uid)) {
                own.computeIfAbsent(cluster.cohort(), any -> new HashMap<>()).put(uid, cause);
            }
        });
        updated.forEach((cohort, delta) -> {
            for (String uid : cohort.members) {
                if (!movers.containsKey(uid)) {
                    Map<String, Cause> causes = own.getOrDefault(cohort, Map.of());
                    stay(uid, cohort, delta, causes.get(uid));
                }
            }
        });
        own.forEach((cohort, causes) -> {
            if (!updated.containsKey(cohort)) {
                causes.forEach((uid, cause) -> stay(uid, cohort, Delta.NONE, cause));
            }
        });
        left.stream().filter(cohort -> cohort.members.isEmpty()).forEach(model.cohorts::drop);
    }

    /** Takes a cluster out of its cohort and puts it into the one of its placements. */
    private void regroup(String uid, Cause cause, Map<String, ClusterState> before) {
        ClusterState cluster = model.clusters.get(uid);
        if (cluster == null) {
            return;
        }
        Cohort from = cluster.cohort();
        List<PlacementId> placements = List.copyOf(model.fleet.placementsOf(uid));
        if (cluster.follows() && from != null && from.placements().equals(placements)) {
            return;
        }
        before.put(uid, cluster);
        // Taken now: once the cluster has left, the cohort may drop tombstones that only this cluster still needs.
        youngest.put(uid, Math.max(cluster.tombstonesAt(), from == null ? cluster.revision() : from.latestTombstone()));
        movers.put(uid, cause);
        if (from != null) {
            leave(cluster, from);
        }
        Cohort to = null;
        if (cluster.follows()) {
            to = model.cohorts.of(placements);
            if (to == null) {
                to = model.cohorts.create(placements);
                created.put(to, from);
            }
            model.journal.add(to.members, uid);
        }
        model.journal.put(model.clusters, uid, cluster.in(to));
    }

    /** Takes a cluster out of its cohort for good or for now. */
    void leave(ClusterState cluster, Cohort from) {
        if (from.remarkable()) {
            dirty.touched.addAll(from.placements());
        }
        model.journal.remove(from.members, cluster.uid());
        model.journal.remove(from.troubled, cluster.uid());
        left.add(from);
    }

    private void fill(Cohort cohort, @Nullable Cohort near) {
        // What a neighbour leaves to upsync is not known to be up to date when that changes.
        if (near == null || near.placements().stream().anyMatch(dirty.upsync::containsKey)) {
            model.bases.build(cohort, revision);
        } else {
            model.bases.derive(cohort, near, dirty.keys.keySet(), revision);
        }
        model.cohorts.describe(cohort);
    }

    private void updateBases() {
        Map<Cohort, Map<ObjectKey, Map<PlacementId, Cause>>> work = new LinkedHashMap<>();
        dirty.keys.forEach((key, causes) -> causes.forEach((id, cause) -> {
            for (Cohort cohort : model.cohorts.with(id)) {
                work(work, cohort, key, id, cause);
            }
        }));
        dirty.upsync.forEach((id, cause) -> {
            for (Cohort cohort : model.cohorts.with(id)) {
                // The policies for the edge are in the same entry and may have changed alone.
                work(work, cohort, SyncerSelection.KEY, id, cause);
                if (model.bases.takeUpsync(cohort)) {
                    model.bases.wanted(cohort).forEach(key -> {
                        executing(key).add(id.space());
                        work(work, cohort, key, id, cause);
                    });
                }
            }
        });
        work.forEach((cohort, keys) -> {
            if (cohort.members.isEmpty() || created.containsKey(cohort)) {
                return;
            }
            causes.put(cohort, first(keys));
            if (cohort.remarkable()) {
                dirty.touched.addAll(cohort.placements());
            }
            Delta delta = model.bases.update(cohort, keys, revision, acknowledgedByAll(cohort));
            model.cohorts.describe(cohort);
            updated.put(cohort, delta);
            if (cohort.remarkable()) {
                dirty.touched.addAll(cohort.placements());
            }
        });
    }

    private static void work(
            Map<Cohort, Map<ObjectKey, Map<PlacementId, Cause>>> work,
            Cohort cohort,
            ObjectKey key,
            PlacementId id,
            Cause cause) {
        work.computeIfAbsent(cohort, any -> new LinkedHashMap<>())
                .computeIfAbsent(key, any -> new LinkedHashMap<>())
                .putIfAbsent(id, cause);
    }

    private static Cause first(Map<ObjectKey, Map<PlacementId, Cause>> keys) {
        return keys.values().iterator().next().values().iterator().next();
    }

    private long acknowledgedByAll(Cohort cohort) {
        if (cohort.tombstones.isEmpty()) {
            return 0;
        }
        return cohort.members.stream()
                .mapToLong(
                        uid -> Objects.requireNonNull(model.clusters.get(uid)).acknowledged())
                .min()
                .orElse(0);
    }

    /** @param reparametrized whether what objects are at this cluster may have changed by the cluster itself */
    private void move(ClusterState before, Cause cause, boolean reparametrized) {
        ClusterState cluster = Objects.requireNonNull(model.clusters.get(before.uid()));
        Cohort to = cluster.cohort();
        Cohort from = before.cohort();
        if (to == null) {
            leaveOrDecommission(before, cluster, cause);
            return;
        }
        // Clusters that make the same move share its cause, and so all that follows from it.
        List<@Nullable Cohort> path = new ArrayList<>();
        path.add(from);
        path.add(to);
        Cause shared = from == null
                ? cause
                : moves.computeIfAbsent(path, any -> {
                    touchMoved(before.state(), to, from);
                    return cause;
                });
        if (from == null) {
            touchMoved(before.state(), to, null);
        }
        long tombstonesAt = Objects.requireNonNull(youngest.get(before.uid()));
        boolean acknowledged = before.acknowledged() >= tombstonesAt;
        Overlay overlay = model.overlays.move(
                cluster.facts(),
                new Overlays.Move(
                        before.state(),
                        to,
                        before.state().equals(TargetState.EMPTY)
                                ? null
                                : Tombstones.decision(shared, departed(from, to)),
                        acknowledged,
                        revision,
                        acknowledged ? 0 : tombstonesAt));
        overlay.tombstones().forEach(key -> model.journal.add(to.overlayTombstones, key));
        // A cohort that was made of the one it comes from says itself which of its placements changed.
        boolean own = reparametrized || from == null || before.revision() == 0 || created.get(to) != from;
        pointers.point(cluster, to, overlay, own, shared);
    }

    /**
     * The target of a cluster after a start.
     *
     * @param sameCohort whether the stored target is of the same placements
     */
    void reload(ClusterState cluster, boolean sameCohort, Cause cause) {
        Cohort cohort = Objects.requireNonNull(cluster.cohort());
        Overlay overlay = model.overlays.move(
                cluster.facts(),
                new Overlays.Move(cluster.state(), cohort, null, false, revision, cluster.tombstonesAt()));
        overlay.tombstones().forEach(key -> model.journal.add(cohort.overlayTombstones, key));
        pointers.point(cluster, cohort, overlay, !sameCohort || cluster.revision() == 0, cause);
    }

    private static List<PlacementId> departed(@Nullable Cohort from, Cohort to) {
        if (from == null) {
            return List.of();
        }
        return from.placements().stream().filter(id -> !to.contains(id)).toList();
    }

    private void leaveOrDecommission(ClusterState before, ClusterState cluster, Cause cause) {
        touchMoved(before.state(), null, before.cohort());
        boolean orphan;
        switch (cluster.facts().state()) {
            case DECOMMISSION_DELETE -> orphan = false;
            case DECOMMISSION_ORPHAN -> orphan = true;
            default -> {
                // Frozen: the target stays what it is. One that never had a target gets one, so that its mailbox is
                // complete.
                model.journal.put(model.clusters, cluster.uid(), cluster.overlaid(cluster.tombstonesAt(), Map.of()));
                return;
            }
        }
        List<PlacementId> placements =
                before.cohort() == null ? List.of() : before.cohort().placements();
        Overlay overlay =
                model.overlays.decommission(before, orphan, model.tombstones.decide(cause, placements), revision);
        TargetState state = new TargetState(ManifestTree.EMPTY, overlay.root());
        ClusterState after = cluster.overlaid(overlay.tombstonesAt(), Map.of());
        pointers.emit(after, state, null, revision, cause);
    }

    private void stay(String uid, Cohort cohort, Delta delta, @Nullable Cause own) {
        Cause shared = Objects.requireNonNullElse(causes.get(cohort), model.currentCause());
        ClusterState cluster = Objects.requireNonNull(model.clusters.get(uid));
        Set<ObjectKey> resolve = delta.resolve();
        if (own != null) {
            resolve = cohort.perCluster.keySet();
        }
        if (resolve.isEmpty() && delta.cleared().isEmpty()) {
            Overlay same = new Overlay(cluster.state().overlay(), cluster.tombstonesAt(), Set.of(), cluster.troubles());
            pointers.point(cluster, cohort, same, false, shared);
            return;
        }
        Overlay overlay = model.overlays.stay(cluster, cohort, resolve, delta.cleared());
        boolean ownChange =
                own != null && !overlay.root().equals(cluster.state().overlay());
        if (ownChange || !overlay.troubles().equals(cluster.troubles())) {
            resolve.forEach(key -> executing(key));
        }
        pointers.point(cluster, cohort, overlay, ownChange, own != null ? own : shared);
    }

    private void touchMoved(TargetState from, @Nullable Cohort to, @Nullable Cohort old) {
        model.overlays
                .differing(from.manifest(), to == null ? ManifestTree.EMPTY : to.root())
                .forEach(this::executing);
        if (to != null) {
            to.perCluster.keySet().forEach(this::executing);
            if (to.remarkable()) {
                dirty.touched.addAll(to.placements());
            }
        }
        if (old != null) {
            old.perCluster.keySet().forEach(this::executing);
        }
    }

    private Set<String> executing(ObjectKey key) {
        return executing.computeIfAbsent(key, any -> new HashSet<>());
    }
}
