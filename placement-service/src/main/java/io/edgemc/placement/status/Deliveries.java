package io.edgemc.placement.status;

import io.edgemc.api.target.Combination.PlacementRef;
import io.edgemc.placement.resolve.PlacementId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts deliveries per placement, incrementally: a change of one cluster costs the placements of that cluster. Not thread-safe.
 */
public final class Deliveries {
    private final Map<String, Cluster> clusters = new HashMap<>();
    private final Map<PlacementId, DeliveryCounts> counts = new HashMap<>();
    private final Set<PlacementId> changed = new HashSet<>();

    /** What counts of a cluster's target. */
    public record Aim(long revision, long since, List<PlacementRef> placements) {
        static final Aim NONE = new Aim(0, 0, List.of());

        public Aim {
            placements = List.copyOf(placements);
        }
    }

    /**
     * What counts of a cluster's report.
     *
     * @param failed placements whose objects are among its exceptions
     */
    public record Standing(long appliedRevision, boolean stale, Set<PlacementId> failed) {
        /** Of a cluster that said nothing yet. */
        public static final Standing UNKNOWN = new Standing(0, false, Set.of());

        public Standing {
            failed = Set.copyOf(failed);
        }
    }

    private static final class Cluster {
        private Aim aim = Aim.NONE;
        private Standing standing = Standing.UNKNOWN;
        private Map<PlacementId, Delivery> states = Map.of();
    }

    public void aim(String clusterUid, Aim aim) {
        Cluster cluster = clusters.computeIfAbsent(clusterUid, uid -> new Cluster());
        cluster.aim = aim;
        recount(cluster);
    }

    public void standing(String clusterUid, Standing standing) {
        Cluster cluster = clusters.computeIfAbsent(clusterUid, uid -> new Cluster());
        cluster.standing = standing;
        recount(cluster);
    }

    public void gone(String clusterUid) {
        Cluster cluster = clusters.remove(clusterUid);
        if (cluster != null) {
            cluster.aim = Aim.NONE;
            recount(cluster);
        }
    }

    public DeliveryCounts counts(PlacementId placement) {
        return counts.getOrDefault(placement, DeliveryCounts.NONE);
    }

    /** Revision of the cluster's target, 0 if it has none. */
    public long targetRevision(String clusterUid) {
        Cluster cluster = clusters.get(clusterUid);
        return cluster == null ? 0 : cluster.aim.revision();
    }

    /** The placements whose counts changed since the last call. */
    public Set<PlacementId> takeChanged() {
        Set<PlacementId> taken = Set.copyOf(changed);
        changed.clear();
        return taken;
    }

    /** What was taken could not be shown and has to be taken again. */
    public void changedStill(Set<PlacementId> placements) {
        changed.addAll(placements);
    }

    public boolean hasChanged() {
        return !changed.isEmpty();
    }

    private void recount(Cluster cluster) {
        Map<PlacementId, Delivery> states = new HashMap<>();
        for (PlacementRef ref : cluster.aim.placements()) {
            states.put(new PlacementId(ref.space(), ref.name(), ref.uid()), state(ref, cluster.aim, cluster.standing));
        }
        cluster.states.forEach((placement, former) -> {
            if (states.get(placement) != former) {
                count(placement, former, -1);
            }
        });
        states.forEach((placement, state) -> {
            if (cluster.states.get(placement) != state) {
                count(placement, state, 1);
            }
        });
        cluster.states = states;
    }

    private static Delivery state(PlacementRef ref, Aim aim, Standing standing) {
        if (standing.failed().contains(new PlacementId(ref.space(), ref.name(), ref.uid()))) {
            return Delivery.FAILED;
        }
        if (standing.appliedRevision() >= Math.max(ref.changedAt(), aim.since())) {
            return Delivery.DELIVERED;
        }
        return standing.stale() ? Delivery.STALE : Delivery.PENDING;
    }

    private void count(PlacementId placement, @Nullable Delivery state, int by) {
        if (state != null) {
            DeliveryCounts newer = counts(placement).plus(state, by);
            if (newer.total() == 0) {
                counts.remove(placement);
            } else {
                counts.put(placement, newer);
            }
            changed.add(placement);
        }
    }
}
