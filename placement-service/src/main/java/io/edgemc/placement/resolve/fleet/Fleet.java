package io.edgemc.placement.resolve.fleet;

import io.edgemc.placement.resolve.Cause;
import io.edgemc.placement.resolve.ClusterFacts;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.journal.Journal;
import io.edgemc.placement.resolve.select.PlacementSpec;
import io.edgemc.placement.resolve.space.PlacementState;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** All active clusters, and which placements select each of them. */
public final class Fleet {
    private final Map<String, ClusterFacts> active = new HashMap<>();
    private final Map<String, SortedSet<PlacementId>> selectedBy = new HashMap<>();
    private final Journal journal;
    private final Map<String, Cause> changed = new LinkedHashMap<>();

    public Fleet(Journal journal) {
        this.journal = journal;
    }

    /** The placements that select a cluster, in order. */
    public SortedSet<PlacementId> placementsOf(String uid) {
        return Collections.unmodifiableSortedSet(selectedBy.getOrDefault(uid, Collections.emptySortedSet()));
    }

    /** Clusters whose placements changed since the last call, with the first cause. */
    public Map<String, Cause> takeChanged() {
        Map<String, Cause> taken = new LinkedHashMap<>(changed);
        changed.clear();
        return taken;
    }

    /** A cluster that is active was registered or changed. */
    public void write(ClusterFacts cluster, Collection<PlacementState> placements, Touched touched, Cause cause) {
        ClusterFacts before = journal.put(active, cluster.uid(), cluster);
        for (PlacementState placement : placements) {
            boolean was = placement.eligible().contains(cluster.uid());
            boolean is = selects(placement, cluster);
            if (was == is && (placement.spec().spread() == null || !is)) {
                continue;
            }
            if (is) {
                journal.add(placement.eligible(), cluster.uid());
            } else {
                journal.remove(placement.eligible(), cluster.uid());
            }
            boolean moved = before == null || !before.labels().equals(cluster.labels());
            if (was != is || moved) {
                choose(placement, cluster.uid(), touched, cause);
            }
        }
    }

    /** A cluster is not active any more. */
    public void remove(String uid, Collection<PlacementState> placements, Touched touched, Cause cause) {
        if (journal.remove(active, uid) == null) {
            return;
        }
        for (PlacementState placement : placements) {
            if (journal.remove(placement.eligible(), uid)) {
                choose(placement, uid, touched, cause);
            }
        }
    }

    /** A placement is new, or where it goes changed. */
    public void write(PlacementState placement, Touched touched, Cause cause) {
        Set<String> matching = new HashSet<>();
        for (ClusterFacts cluster : active.values()) {
            if (selects(placement, cluster)) {
                matching.add(cluster.uid());
            }
        }
        for (String uid : List.copyOf(placement.eligible())) {
            if (!matching.contains(uid)) {
                journal.remove(placement.eligible(), uid);
            }
        }
        matching.forEach(uid -> journal.add(placement.eligible(), uid));
        settle(placement, wanted(placement), touched, cause);
    }

    /** A placement is gone. */
    public void remove(PlacementId placement, Set<String> clusters, Cause cause) {
        clusters.forEach(uid -> select(uid, placement, false, cause));
    }

    /** What a stored target says: the placement selected the cluster before the restart. */
    public void restore(PlacementState placement, String uid) {
        placement.eligible().add(uid);
        placement.clusters().add(uid);
        selectedBy.computeIfAbsent(uid, any -> new TreeSet<>()).add(placement.id());
    }

    /** Learns a cluster without working out anything. */
    public void restore(ClusterFacts cluster) {
        active.put(cluster.uid(), cluster);
    }

    private void choose(PlacementState placement, String uid, Touched touched, Cause cause) {
        if (placement.spec().maxClusters() > 0) {
            settle(placement, wanted(placement), touched, cause);
            return;
        }
        boolean is = placement.eligible().contains(uid);
        boolean changes = is ? journal.add(placement.clusters(), uid) : journal.remove(placement.clusters(), uid);
        if (changes) {
            touched.placement(placement.id());
            select(uid, placement.id(), is, cause);
        }
    }

    private Set<String> wanted(PlacementState placement) {
        PlacementSpec spec = placement.spec();
        if (spec.maxClusters() == 0) {
            return placement.eligible();
        }
        List<ClusterFacts> eligible = placement.eligible().stream()
                .map(active::get)
                .filter(Objects::nonNull)
                .toList();
        return Choice.of(placement.id(), eligible, spec.maxClusters(), spec.spread());
    }

    private void settle(PlacementState placement, Set<String> wanted, Touched touched, Cause cause) {
        for (String uid : List.copyOf(placement.clusters())) {
            if (!wanted.contains(uid)) {
                journal.remove(placement.clusters(), uid);
                touched.placement(placement.id());
                select(uid, placement.id(), false, cause);
            }
        }
        for (String uid : List.copyOf(wanted)) {
            if (journal.add(placement.clusters(), uid)) {
                touched.placement(placement.id());
                select(uid, placement.id(), true, cause);
            }
        }
    }

    private void select(String uid, PlacementId placement, boolean selected, Cause cause) {
        SortedSet<PlacementId> placements = selectedBy.get(uid);
        if (placements == null) {
            placements = new TreeSet<>();
            journal.put(selectedBy, uid, placements);
        }
        if (selected) {
            journal.add(placements, placement);
        } else {
            journal.remove(placements, placement);
            if (placements.isEmpty()) {
                journal.remove(selectedBy, uid);
            }
        }
        changed.putIfAbsent(uid, cause);
    }

    private static boolean selects(PlacementState placement, ClusterFacts cluster) {
        return placement
                .spec()
                .maySelect(
                        cluster.labels(), cluster.taints(), placement.clusters().contains(cluster.uid()));
    }

    /** Hears which placements' choice changed. */
    public interface Touched {
        void placement(PlacementId id);
    }
}
