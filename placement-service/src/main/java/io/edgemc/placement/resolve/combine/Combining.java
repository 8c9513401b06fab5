package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.Cause;
import io.edgemc.placement.resolve.Change;
import io.edgemc.placement.resolve.ClusterFacts;
import io.edgemc.placement.resolve.Executing;
import io.edgemc.placement.resolve.PersistedState;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.Resolution;
import io.edgemc.placement.resolve.StoredContent;
import io.edgemc.placement.resolve.content.Contents;
import io.edgemc.placement.resolve.fleet.Fleet;
import io.edgemc.placement.resolve.journal.Journal;
import io.edgemc.placement.resolve.space.Dirty;
import io.edgemc.placement.resolve.space.PlacementState;
import io.edgemc.placement.resolve.space.Spaces;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The clusters, their cohorts and their targets. */
public final class Combining {
    private static final Cause NOBODY = new Cause("system:placement", "start", Instant.EPOCH, "", null);

    final Map<String, ClusterState> clusters = new HashMap<>();
    final Journal journal;
    final Fleet fleet;
    final Cohorts cohorts;
    final Bases bases;
    final Overlays overlays;
    final Tombstones tombstones;
    private final Spaces spaces;
    private final Contents contents;
    private final Renderer renderer;
    private final Results results;
    private final Map<String, Cause> lives = new LinkedHashMap<>();
    private final Map<String, Cause> reparametrized = new LinkedHashMap<>();
    /** What clusters held that went without a decommission. */
    private final Set<ObjectKey> lost = new HashSet<>();

    private Cause cause = NOBODY;

    public Combining(Journal journal, Contents contents, Spaces spaces, Fleet fleet) {
        this.journal = journal;
        this.contents = contents;
        this.spaces = spaces;
        this.fleet = fleet;
        this.renderer = new Renderer(contents);
        this.tombstones = new Tombstones(contents);
        Decider decider = new Decider(contents);
        this.cohorts = new Cohorts(contents, journal);
        this.bases = new Bases(spaces, contents, new Merge(spaces, contents, decider), renderer, journal);
        this.overlays = new Overlays(contents, new PerClusterResolver(renderer, decider));
        this.results = new Results(spaces, contents, cohorts, clusters, journal);
    }

    /** Builds the model from what is stored; see {@link Loading}. */
    public Resolution load(PersistedState state, StoredContent stored, long revision) {
        Loading loading = new Loading(this, spaces, contents, revision);
        Settlement settlement = loading.load(state, NOBODY);
        Dirty dirty = loading.dirty();
        Resolution resolution = new Resolution(
                loading.missing(stored),
                settlement.targets(),
                results.changed(dirty.touched),
                results.executing(settlement.executing()),
                dirty.warnings);
        endBatch();
        return resolution;
    }

    /** Takes a change of a cluster; what follows is worked out by {@link #settle}. */
    public void write(Change.ClusterWritten change, Dirty dirty) {
        ClusterFacts facts = change.cluster();
        ClusterState before = clusters.get(facts.uid());
        ClusterState after = before == null ? ClusterState.fresh(facts) : before.with(facts);
        journal.put(clusters, facts.uid(), after);
        if (after.active()) {
            fleet.write(facts, spaces.placements(), dirty.touched::add, change.cause());
        } else {
            fleet.remove(facts.uid(), spaces.placements(), dirty.touched::add, change.cause());
        }
        if (before == null || before.facts().state() != facts.state() || before.follows() != after.follows()) {
            lives.putIfAbsent(facts.uid(), change.cause());
        } else if (!sameParameters(before.facts(), facts)) {
            reparametrized.putIfAbsent(facts.uid(), change.cause());
        }
    }

    /** A cluster is gone for good, with its target. */
    public void gone(Change.ClusterGone change, Dirty dirty) {
        fleet.remove(change.clusterUid(), spaces.placements(), dirty.touched::add, change.cause());
        ClusterState cluster = journal.remove(clusters, change.clusterUid());
        if (cluster != null && cluster.cohort() != null) {
            Cohort cohort = cluster.cohort();
            lost.addAll(cohort.perCluster.keySet());
            contents.tree().forEach(cohort.root(), entry -> lost.add(entry.key()));
            new Settlement(this, dirty, 0).leave(cluster, cohort);
            if (cohort.members.isEmpty()) {
                cohorts.drop(cohort);
            }
        }
    }

    /** Works out what follows from all that a batch has touched. */
    public Resolution settle(Dirty dirty, long revision, Cause first) {
        cause = first;
        dirty.where.forEach((id, why) -> {
            fleet.remove(id, dirty.gone.getOrDefault(id, Set.of()), why);
            PlacementState placement = spaces.placement(id);
            if (placement != null) {
                fleet.write(placement, dirty.touched::add, why);
            }
        });
        Map<String, Cause> moved = new LinkedHashMap<>(lives);
        fleet.takeChanged().forEach(moved::putIfAbsent);
        Settlement settlement = new Settlement(this, dirty, revision);
        settlement.settle(moved, Map.copyOf(reparametrized));
        lost.forEach(key -> settlement.executing().computeIfAbsent(key, any -> new HashSet<>()));
        Resolution resolution = new Resolution(
                contents.fresh(),
                settlement.targets(),
                results.changed(dirty.touched),
                results.executing(settlement.executing()),
                dirty.warnings);
        endBatch();
        return resolution;
    }

    /** Whatever was worked out for the last batch was not stored. */
    public void rollback() {
        fleet.takeChanged();
        renderer.rollback();
        endBatch();
    }

    public void acknowledged(String uid, long revision) {
        ClusterState cluster = clusters.get(uid);
        if (cluster != null && revision > cluster.acknowledged()) {
            clusters.put(uid, cluster.acknowledged(revision));
        }
    }

    public Executing executing(String space, ObjectKey key) {
        return results.executing(space, key);
    }

    public List<PlacementId> placementsOf(String uid) {
        return List.copyOf(fleet.placementsOf(uid));
    }

    /** The manifests that targets name, and their combinations. */
    public void live(Set<Digest> manifests, Set<Digest> combinations) {
        for (ClusterState cluster : clusters.values()) {
            manifests.add(cluster.state().manifest());
            manifests.add(cluster.state().overlay());
            if (cluster.combination() != null) {
                combinations.add(cluster.combination());
            }
        }
    }

    Cause currentCause() {
        return cause;
    }

    private void endBatch() {
        lives.clear();
        lost.clear();
        reparametrized.clear();
        overlays.endBatch();
        renderer.endBatch();
    }

    private static boolean sameParameters(ClusterFacts before, ClusterFacts after) {
        return before.labels().equals(after.labels())
                && before.annotations().equals(after.annotations())
                && before.properties().equals(after.properties())
                && before.name().equals(after.name());
    }
}
