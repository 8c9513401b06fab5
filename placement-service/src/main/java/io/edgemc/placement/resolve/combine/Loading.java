package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Target;
import io.edgemc.placement.resolve.Cause;
import io.edgemc.placement.resolve.ClusterFacts;
import io.edgemc.placement.resolve.PersistedState;
import io.edgemc.placement.resolve.PersistedState.StoredTarget;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.StoredContent;
import io.edgemc.placement.resolve.content.Contents;
import io.edgemc.placement.resolve.space.Dirty;
import io.edgemc.placement.resolve.space.PlacementState;
import io.edgemc.placement.resolve.space.Spaces;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds the model from what is stored. Tombstones, and what clusters hold because something could not be rendered, come from the
 * stored targets; all else is worked out anew. A key that a stored target has and the model has not is forgotten, never deleted: a
 * restart or a restore is no reason to delete.
 */
final class Loading {
    private final Combining model;
    private final Spaces spaces;
    private final Contents contents;
    private final long revision;
    private final Dirty dirty = new Dirty();
    private final Map<Digest, List<PlacementId>> combinations = new HashMap<>();

    Loading(Combining model, Spaces spaces, Contents contents, long revision) {
        this.model = model;
        this.spaces = spaces;
        this.contents = contents;
        this.revision = revision;
    }

    Dirty dirty() {
        return dirty;
    }

    Settlement load(PersistedState state, Cause cause) {
        state.clusters(facts -> {
            model.clusters.put(facts.uid(), ClusterState.fresh(facts));
            if (facts.state() == ClusterFacts.State.ACTIVE) {
                model.fleet.restore(facts);
            }
        });
        state.objects(object -> spaces.write(object, dirty));
        state.targets(this::restore);
        for (PlacementState placement : spaces.placements()) {
            model.fleet.write(placement, dirty.touched::add, cause);
            dirty.touched.add(placement.id());
        }
        model.fleet.takeChanged();
        dirty.keys.clear();
        dirty.where.clear();
        dirty.upsync.clear();

        List.copyOf(model.clusters.values()).forEach(this::join);
        model.cohorts.all().forEach(this::build);
        Settlement settlement = new Settlement(model, dirty, revision);
        for (ClusterState cluster : List.copyOf(model.clusters.values())) {
            if (cluster.cohort() != null) {
                settlement.reload(
                        cluster, placementsOf(cluster).equals(cluster.cohort().placements()), cause);
            }
        }
        for (PlacementState placement : spaces.placements()) {
            placement.wanted().forEach(key -> settlement.executing().computeIfAbsent(key, any -> new HashSet<>()));
        }
        return settlement;
    }

    /** The contents that the store does not have yet; normally none. */
    List<Content> missing(StoredContent stored) {
        List<Content> fresh = contents.fresh();
        Set<Digest> digests = new HashSet<>();
        fresh.forEach(content -> digests.add(content.digest()));
        Set<Digest> missing = stored.missing(digests);
        return fresh.stream()
                .filter(content -> missing.contains(content.digest()))
                .toList();
    }

    private void restore(StoredTarget stored) {
        Target target = stored.target();
        ClusterState cluster = model.clusters.get(target.clusterUid());
        if (cluster == null) {
            return;
        }
        Set<ObjectKey> tombstones = model.overlays.tombstonesIn(target.state().overlay());
        ClusterState restored = cluster.at(target.state(), target.combination(), target.revision(), target.since())
                .overlaid(tombstones.isEmpty() ? 0 : target.revision(), Map.of())
                .acknowledged(stored.acknowledged());
        model.clusters.put(target.clusterUid(), restored);
        if (cluster.active()) {
            for (PlacementId id : placementsOf(restored)) {
                PlacementState placement = spaces.placement(id);
                if (placement != null) {
                    model.fleet.restore(placement, target.clusterUid());
                }
            }
        }
    }

    private void join(ClusterState cluster) {
        if (!cluster.follows()) {
            return;
        }
        List<PlacementId> placements = List.copyOf(model.fleet.placementsOf(cluster.uid()));
        Cohort cohort = model.cohorts.of(placements);
        if (cohort == null) {
            cohort = model.cohorts.create(placements);
        }
        cohort.members.add(cluster.uid());
        model.clusters.put(cluster.uid(), cluster.in(cohort));
    }

    private void build(Cohort cohort) {
        model.bases.build(cohort, revision);
        Map<ObjectKey, @Nullable ManifestEntry> tombstones = new HashMap<>();
        Set<Digest> seen = new HashSet<>();
        boolean described = false;
        for (String uid : cohort.members) {
            ClusterState cluster = Objects.requireNonNull(model.clusters.get(uid));
            if (cluster.revision() == 0 || !placementsOf(cluster).equals(cohort.placements())) {
                continue;
            }
            if (!described && cluster.combination() != null) {
                Combination combination = contents.readCombination(cluster.combination());
                combination
                        .placements()
                        .forEach(ref -> cohort.changedAt.put(
                                new PlacementId(ref.space(), ref.name(), ref.uid()), ref.changedAt()));
                described = true;
            }
            if (seen.add(cluster.state().manifest())) {
                contents.tree().forEach(cluster.state().manifest(), entry -> {
                    if (entry.isDelete() && contents.tree().get(cohort.root(), entry.key()) == null) {
                        tombstones.put(entry.key(), entry);
                        cohort.tombstones.merge(entry.key(), cluster.revision(), Math::max);
                    }
                });
            }
        }
        cohort.root(contents.tree().with(cohort.root(), tombstones, contents::writeNode), model.journal);
        model.cohorts.describe(cohort);
    }

    private List<PlacementId> placementsOf(ClusterState cluster) {
        Digest digest = cluster.combination();
        if (digest == null) {
            return List.of();
        }
        return combinations.computeIfAbsent(
                digest,
                any -> contents.readCombination(digest).placements().stream()
                        .map(ref -> new PlacementId(ref.space(), ref.name(), ref.uid()))
                        .toList());
    }
}
