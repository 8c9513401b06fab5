package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.journal.Journal;
import io.edgemc.placement.resolve.select.UpsyncSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The clusters that exactly the same placements select, and the manifest that they share. */
public final class Cohort {
    private final List<PlacementId> placements;
    private final Set<PlacementId> contained;
    private List<UpsyncSet> upsync = List.of();
    private Digest root = ManifestTree.EMPTY;
    private @Nullable Digest combination;
    /** Uids. */
    final Set<String> members = new HashSet<>();
    /** Members at which something is not simply what was wanted. */
    final Set<String> troubled = new HashSet<>();
    /** Keys that are worked out for each member; they are not in the shared manifest. */
    final Map<ObjectKey, Outcome.PerCluster> perCluster = new HashMap<>();
    /** Tombstones in the shared manifest, with the revision that brought them. */
    final Map<ObjectKey, Long> tombstones = new HashMap<>();
    /** Every key of which an overlay of a member may hold a tombstone. */
    final Set<ObjectKey> overlayTombstones = new HashSet<>();

    final Map<ObjectKey, Contest> contests = new HashMap<>();
    final Map<PlacementId, Long> changedAt = new HashMap<>();

    Cohort(List<PlacementId> placements) {
        this.placements = List.copyOf(placements);
        this.contained = Set.copyOf(placements);
    }

    public List<PlacementId> placements() {
        return placements;
    }

    boolean contains(PlacementId placement) {
        return contained.contains(placement);
    }

    boolean upsyncs(ObjectKey key, Map<String, String> labels) {
        return upsync.stream().anyMatch(set -> set.matches(key, labels));
    }

    boolean upsync(List<UpsyncSet> sets, Journal journal) {
        List<UpsyncSet> before = upsync;
        upsync = List.copyOf(sets);
        journal.undoBy(() -> upsync = before);
        return !upsync.equals(before);
    }

    boolean sameUpsync(Cohort other) {
        return upsync.equals(other.upsync);
    }

    Digest root() {
        return root;
    }

    void root(Digest next, Journal journal) {
        Digest before = root;
        root = next;
        journal.undoBy(() -> root = before);
    }

    /** Digest of the content that lists the placements; null if there are none. */
    @Nullable
    Digest combination() {
        return combination;
    }

    void combination(@Nullable Digest next, Journal journal) {
        Digest before = combination;
        combination = next;
        journal.undoBy(() -> combination = before);
    }

    /** Whether any result of its placements tells of a conflict or an error here. */
    boolean remarkable() {
        return !contests.isEmpty() || !troubled.isEmpty();
    }

    long latestTombstone() {
        return tombstones.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
}
