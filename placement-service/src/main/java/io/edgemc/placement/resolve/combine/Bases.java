package io.edgemc.placement.resolve.combine;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.Cause;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.content.Contents;
import io.edgemc.placement.resolve.journal.Journal;
import io.edgemc.placement.resolve.select.UpsyncSet;
import io.edgemc.placement.resolve.space.PlacementState;
import io.edgemc.placement.resolve.space.Spaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the shared manifest of a cohort in line with what its placements want; cost is in the keys that are named. */
final class Bases {
    private final Spaces spaces;
    private final Contents contents;
    private final Merge merge;
    private final Tombstones tombstones;
    private final Renderer renderer;
    private final Journal journal;

    Bases(Spaces spaces, Contents contents, Merge merge, Renderer renderer, Journal journal) {
        this.spaces = spaces;
        this.contents = contents;
        this.merge = merge;
        this.tombstones = new Tombstones(contents);
        this.renderer = renderer;
        this.journal = journal;
    }

    /**
     * What a change of a base asks of the overlays.
     *
     * @param resolve keys to work out anew for each member
     * @param cleared keys of which overlays may hold an entry that no longer counts
     */
    record Delta(Set<ObjectKey> resolve, Set<ObjectKey> cleared) {
        static final Delta NONE = new Delta(Set.of(), Set.of());
    }

    /** Builds the manifest of a new cohort; nothing in it is a deletion. */
    void build(Cohort cohort, long revision) {
        takeUpsync(cohort);
        Set<ObjectKey> keys = wanted(cohort);
        keys.add(SyncerSelection.KEY);
        cohort.placements().forEach(id -> cohort.changedAt.put(id, revision));
        fill(cohort, keys);
    }

    /**
     * Builds the manifest of a new cohort from that of one whose placements differ little. Equal to {@link #build}, but its cost is
     * in what differs.
     *
     * @param touched keys that this batch has touched, for which the other manifest may be behind
     */
    void derive(Cohort cohort, Cohort near, Set<ObjectKey> touched, long revision) {
        takeUpsync(cohort);
        Set<ObjectKey> keys = new HashSet<>(touched);
        keys.add(SyncerSelection.KEY);
        if (!cohort.sameUpsync(near)) {
            keys.addAll(wanted(cohort));
        }
        addDiffering(cohort, near, keys);
        addDiffering(near, cohort, keys);
        cohort.perCluster.putAll(near.perCluster);
        cohort.contests.putAll(near.contests);
        Map<ObjectKey, @Nullable ManifestEntry> without = new HashMap<>();
        near.tombstones.keySet().forEach(key -> without.put(key, null));
        cohort.root(contents.tree().with(near.root(), without, contents::writeNode), journal);
        fill(cohort, keys);
        for (PlacementId id : cohort.placements()) {
            Long changedAt = near.changedAt.get(id);
            if (changedAt == null || !keys.stream().allMatch(key -> wantsTheSame(id, key, cohort, near))) {
                changedAt = revision;
            }
            cohort.changedAt.put(id, changedAt);
        }
    }

    /** Whether the placement has nothing to do with the key, or the key is held in one cohort as in the other. */
    private boolean wantsTheSame(PlacementId id, ObjectKey key, Cohort one, Cohort other) {
        PlacementState placement = spaces.placement(id);
        if (placement == null) {
            return false;
        }
        if (!placement.wanted().contains(key)) {
            return true;
        }
        ManifestEntry here = contents.tree().get(one.root(), key);
        ManifestEntry there = contents.tree().get(other.root(), key);
        // Who else wants it, which the decision says, changes nothing at the edge. Nothing is a deletion in a new
        // cohort.
        return here != null
                && there != null
                && Objects.equals(here.content(), there.content())
                && here.flags().equals(there.flags());
    }

    private void addDiffering(Cohort one, Cohort other, Set<ObjectKey> keys) {
        for (PlacementId id : one.placements()) {
            PlacementState placement = spaces.placement(id);
            if (placement != null && !other.contains(id)) {
                keys.addAll(placement.wanted());
            }
        }
    }

    private void fill(Cohort cohort, Set<ObjectKey> keys) {
        Map<ObjectKey, @Nullable ManifestEntry> changes = new HashMap<>();
        for (ObjectKey key : keys) {
            cohort.perCluster.remove(key);
            cohort.contests.remove(key);
            switch (merge.of(cohort, key)) {
                case Outcome.Fixed fixed -> {
                    changes.put(key, fixed.entry());
                    if (fixed.contest() != null) {
                        cohort.contests.put(key, fixed.contest());
                    }
                }
                case Outcome.PerCluster perCluster -> {
                    changes.put(key, null);
                    cohort.perCluster.put(key, perCluster);
                }
                case Outcome.Absent absent -> changes.put(key, null);
            }
        }
        cohort.root(contents.tree().with(cohort.root(), changes, contents::writeNode), journal);
    }

    /** Every key that a placement of the cohort wants. */
    Set<ObjectKey> wanted(Cohort cohort) {
        Set<ObjectKey> keys = new HashSet<>();
        for (PlacementId id : cohort.placements()) {
            PlacementState placement = spaces.placement(id);
            if (placement != null) {
                keys.addAll(placement.wanted());
            }
        }
        return keys;
    }

    /** Reads which objects are upsynced; true if that is not what it was. */
    boolean takeUpsync(Cohort cohort) {
        List<UpsyncSet> sets = new ArrayList<>();
        for (PlacementId id : cohort.placements()) {
            PlacementState placement = spaces.placement(id);
            if (placement != null) {
                sets.addAll(placement.spec().upsync());
            }
        }
        return cohort.upsync(sets, journal);
    }

    /**
     * Works out keys anew for a cohort that exists.
     *
     * @param keys with the placements that may want something else of them
     * @param acknowledged the greatest revision that all members hold
     */
    Delta update(Cohort cohort, Map<ObjectKey, Map<PlacementId, Cause>> keys, long revision, long acknowledged) {
        Map<ObjectKey, @Nullable ManifestEntry> changes = new HashMap<>();
        Delta delta = new Delta(new HashSet<>(), new HashSet<>());
        keys.forEach((key, causes) -> {
            boolean changed = switch (merge.of(cohort, key)) {
                case Outcome.Fixed fixed -> fix(cohort, key, fixed, changes, delta);
                case Outcome.PerCluster perCluster -> split(cohort, key, perCluster, changes, delta);
                case Outcome.Absent absent -> drop(cohort, key, absent, causes, revision, changes, delta);
            };
            if (changed) {
                causes.keySet().stream()
                        .filter(cohort::contains)
                        .forEach(id -> journal.put(cohort.changedAt, id, revision));
            }
        });
        if (!changes.isEmpty()) {
            sweep(cohort, acknowledged, changes);
        }
        cohort.root(contents.tree().with(cohort.root(), changes, contents::writeNode), journal);
        return delta;
    }

    private boolean fix(
            Cohort cohort,
            ObjectKey key,
            Outcome.Fixed fixed,
            Map<ObjectKey, @Nullable ManifestEntry> changes,
            Delta delta) {
        ManifestEntry was = contents.tree().get(cohort.root(), key);
        boolean wasSplit = journal.remove(cohort.perCluster, key) != null;
        journal.remove(cohort.tombstones, key);
        contest(cohort, key, fixed.contest());
        if (wasSplit || (cohort.overlayTombstones.contains(key) && (was == null || was.isDelete()))) {
            delta.cleared().add(key);
        }
        if (fixed.entry().equals(was)) {
            return wasSplit;
        }
        changes.put(key, fixed.entry());
        return true;
    }

    private boolean split(
            Cohort cohort,
            ObjectKey key,
            Outcome.PerCluster perCluster,
            Map<ObjectKey, @Nullable ManifestEntry> changes,
            Delta delta) {
        ManifestEntry was = contents.tree().get(cohort.root(), key);
        Outcome.PerCluster before = journal.put(cohort.perCluster, key, perCluster);
        contest(cohort, key, null);
        delta.resolve().add(key);
        if (was != null && !was.isDelete()) {
            changes.put(key, null);
            return true;
        }
        return !perCluster.equals(before);
    }

    private boolean drop(
            Cohort cohort,
            ObjectKey key,
            Outcome.Absent absent,
            Map<PlacementId, Cause> causes,
            long revision,
            Map<ObjectKey, @Nullable ManifestEntry> changes,
            Delta delta) {
        ManifestEntry was = contents.tree().get(cohort.root(), key);
        Outcome.PerCluster split = journal.remove(cohort.perCluster, key);
        contest(cohort, key, null);
        renderer.forget(key);
        if (split != null) {
            delta.cleared().add(key);
        }
        Set<EntryFlag> flags;
        if (split != null) {
            flags = new HashSet<>(split.flags());
        } else if (was != null && !was.isDelete()) {
            flags = new HashSet<>(was.flags());
        } else {
            return false;
        }
        if (absent.upsynced()) {
            flags.add(EntryFlag.ORPHAN);
        }
        Cause cause = causes.values().iterator().next();
        ManifestEntry tombstone = Tombstones.of(key, flags, tombstones.decide(cause, causes.keySet()));
        changes.put(key, tombstone);
        if (tombstone != null) {
            journal.put(cohort.tombstones, key, revision);
        }
        return true;
    }

    private void contest(Cohort cohort, ObjectKey key, @Nullable Contest contest) {
        if (contest == null) {
            journal.remove(cohort.contests, key);
        } else {
            journal.put(cohort.contests, key, contest);
        }
    }

    /** Takes out the tombstones that every member has acknowledged. */
    private void sweep(Cohort cohort, long acknowledged, Map<ObjectKey, @Nullable ManifestEntry> changes) {
        for (Map.Entry<ObjectKey, Long> tombstone : List.copyOf(cohort.tombstones.entrySet())) {
            if (tombstone.getValue() <= acknowledged) {
                journal.remove(cohort.tombstones, tombstone.getKey());
                changes.putIfAbsent(tombstone.getKey(), null);
            }
        }
    }
}
