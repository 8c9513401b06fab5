package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.EntryChange;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.Decision;
import io.edgemc.api.target.TargetDiff;
import io.edgemc.api.target.TargetState;
import io.edgemc.placement.resolve.ClusterFacts;
import io.edgemc.placement.resolve.combine.PerClusterResolver.Resolved;
import io.edgemc.placement.resolve.content.Contents;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works out what is particular to a cluster: its rendered objects and the tombstones of its own moves. Clusters that make the same
 * move, or render to the same, share the work within a batch.
 */
final class Overlays {
    private final Contents contents;
    private final PerClusterResolver resolver;
    private final TargetDiff targets;
    private final Map<Shared, Overlay> shared = new HashMap<>();
    private final Map<Pair, Set<ObjectKey>> differing = new HashMap<>();

    Overlays(Contents contents, PerClusterResolver resolver) {
        this.contents = contents;
        this.resolver = resolver;
        this.targets = new TargetDiff(contents.tree());
    }

    /**
     * @param tombstonesAt revision of the youngest tombstone, 0 if there is none
     * @param tombstones keys of the tombstones
     */
    record Overlay(Digest root, long tombstonesAt, Set<ObjectKey> tombstones, Map<ObjectKey, Trouble> troubles) {}

    /**
     * A move between cohorts.
     *
     * @param deletion the decision behind deletions; null if nothing may be deleted by this move
     * @param acknowledged whether the cluster has acknowledged all tombstones that it had
     * @param before revision of the youngest of these tombstones
     */
    record Move(
            TargetState from,
            Cohort to,
            @Nullable Decision deletion,
            boolean acknowledged,
            long revision,
            long before) {}

    /** What was worked out belongs to this batch only. */
    void endBatch() {
        shared.clear();
        differing.clear();
    }

    /** The keys on which two shared manifests differ. */
    Set<ObjectKey> differing(Digest before, Digest after) {
        return differing.computeIfAbsent(new Pair(before, after), pair -> {
            Set<ObjectKey> keys = new HashSet<>();
            contents.tree().diff(before, after).stream().map(EntryChange::key).forEach(keys::add);
            return keys;
        });
    }

    /** The overlay of a cluster that comes to a cohort, or back to following its placements. */
    Overlay move(ClusterFacts cluster, Move move) {
        Map<ObjectKey, Resolved> resolved = new HashMap<>();
        move.to()
                .perCluster
                .forEach((key, outcome) -> resolved.put(
                        key, resolver.resolve(key, outcome, cluster, targets.effective(move.from(), key))));
        return shared.computeIfAbsent(new Shared(move, resolved, Set.of()), any -> moved(move, resolved));
    }

    private Overlay moved(Move move, Map<ObjectKey, Resolved> resolved) {
        Set<ObjectKey> keys =
                new HashSet<>(differing(move.from().manifest(), move.to().root()));
        contents.tree().forEach(move.from().overlay(), entry -> keys.add(entry.key()));
        keys.addAll(resolved.keySet());
        Map<ObjectKey, ManifestEntry> entries = new HashMap<>();
        boolean deleted = false;
        for (ObjectKey key : keys) {
            ManifestEntry present = targets.effective(move.from(), key);
            Resolved here = resolved.get(key);
            if (here != null && here.entry() != null) {
                entries.put(key, here.entry());
                continue;
            }
            ManifestEntry base = contents.tree().get(move.to().root(), key);
            if (present == null || (base != null && !base.isDelete())) {
                continue;
            }
            if (!present.isDelete()) {
                ManifestEntry tombstone = move.deletion() == null
                        ? null
                        : Tombstones.of(key, present.flags(), contents.write(move.deletion()));
                if (tombstone != null) {
                    entries.put(key, tombstone);
                    deleted = true;
                }
            } else if (!move.acknowledged() && carried(move, key, base)) {
                entries.put(key, present);
            }
        }
        return overlay(entries, deleted ? move.revision() : move.before(), troubles(resolved));
    }

    /**
     * A tombstone of the manifest that a cluster comes to may be older than the cluster's own, and be dropped before this cluster
     * has deleted anything; so a cluster takes its tombstones along. A start moves nobody: each stays where it is.
     */
    private boolean carried(Move move, ObjectKey key, @Nullable ManifestEntry base) {
        boolean start = move.deletion() == null;
        return !start || base == null || contents.tree().get(move.from().overlay(), key) != null;
    }

    private Overlay overlay(
            Map<ObjectKey, ManifestEntry> entries, long tombstonesAt, Map<ObjectKey, Trouble> troubles) {
        Digest root = contents.tree().build(entries.values(), contents::writeNode);
        Set<ObjectKey> tombstones = tombstones(entries.values());
        return new Overlay(root, tombstones.isEmpty() ? 0 : tombstonesAt, tombstones, troubles);
    }

    /**
     * The overlay of a cluster that stays in its cohort.
     *
     * @param resolve keys to work out anew
     * @param cleared keys of which an entry no longer counts
     */
    Overlay stay(ClusterState cluster, Cohort cohort, Set<ObjectKey> resolve, Set<ObjectKey> cleared) {
        Map<ObjectKey, @Nullable ManifestEntry> changes = new HashMap<>();
        Map<ObjectKey, Trouble> troubles = new HashMap<>(cluster.troubles());
        for (ObjectKey key : cleared) {
            troubles.remove(key);
            changes.put(key, null);
        }
        for (ObjectKey key : resolve) {
            Outcome.PerCluster outcome = Objects.requireNonNull(cohort.perCluster.get(key), "a key to resolve");
            Resolved resolved =
                    resolver.resolve(key, outcome, cluster.facts(), targets.effective(cluster.state(), key));
            if (resolved.entry() != null) {
                changes.put(key, resolved.entry());
            }
            troubles.remove(key);
            if (resolved.trouble() != null) {
                troubles.put(key, resolved.trouble());
            }
        }
        boolean sweep = cluster.tombstonesAt() > 0 && cluster.tombstonesAt() <= cluster.acknowledged();
        Digest root = shared.computeIfAbsent(
                        new Shared(cluster.state().overlay(), changes, sweep),
                        any -> changed(cluster.state().overlay(), changes, sweep))
                .root();
        return new Overlay(root, sweep ? 0 : cluster.tombstonesAt(), Set.of(), Map.copyOf(troubles));
    }

    private Overlay changed(Digest overlay, Map<ObjectKey, @Nullable ManifestEntry> changes, boolean sweep) {
        Map<ObjectKey, @Nullable ManifestEntry> all = new HashMap<>();
        if (sweep) {
            contents.tree().forEach(overlay, entry -> {
                if (entry.isDelete()) {
                    all.put(entry.key(), null);
                }
            });
        }
        all.putAll(changes);
        return new Overlay(contents.tree().with(overlay, all, contents::writeNode), 0, Set.of(), Map.of());
    }

    /** Tombstones for all that a cluster holds, whatever the policies of the placements were. */
    Overlay decommission(ClusterState cluster, boolean orphan, Digest decision, long revision) {
        return shared.computeIfAbsent(new Shared(cluster.state(), decision, orphan), any -> {
            Map<ObjectKey, ManifestEntry> entries = new HashMap<>();
            for (ManifestEntry entry : targets.entries(cluster.state())) {
                if (entry.isDelete()) {
                    entries.put(entry.key(), entry);
                    continue;
                }
                Set<EntryFlag> flags = EnumSet.noneOf(EntryFlag.class);
                if (entry.flags().contains(EntryFlag.EXISTENCE)) {
                    flags.add(EntryFlag.EXISTENCE);
                }
                if (orphan) {
                    flags.add(EntryFlag.ORPHAN);
                }
                ManifestEntry tombstone = Tombstones.of(entry.key(), flags, decision);
                if (tombstone != null) {
                    entries.put(entry.key(), tombstone);
                }
            }
            return overlay(entries, revision, Map.of());
        });
    }

    /** Keys of the tombstones in an overlay. */
    Set<ObjectKey> tombstonesIn(Digest overlay) {
        if (overlay.equals(ManifestTree.EMPTY)) {
            return Set.of();
        }
        return tombstones(contents.tree().entries(overlay));
    }

    private static Set<ObjectKey> tombstones(Collection<ManifestEntry> entries) {
        Set<ObjectKey> keys = new HashSet<>();
        entries.stream().filter(ManifestEntry::isDelete).map(ManifestEntry::key).forEach(keys::add);
        return Set.copyOf(keys);
    }

    private static Map<ObjectKey, Trouble> troubles(Map<ObjectKey, Resolved> resolved) {
        Map<ObjectKey, Trouble> troubles = new HashMap<>();
        resolved.forEach((key, one) -> {
            if (one.trouble() != null) {
                troubles.put(key, one.trouble());
            }
        });
        return Map.copyOf(troubles);
    }

    /** All that an overlay depends on. */
    private record Shared(Object from, Object changes, Object how) {}

    private record Pair(Digest before, Digest after) {}
}
