package io.edgemc.placement.resolve;

import io.edgemc.api.content.Digest;
import io.edgemc.api.content.KeyRing;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.combine.Combining;
import io.edgemc.placement.resolve.content.Contents;
import io.edgemc.placement.resolve.fleet.Fleet;
import io.edgemc.placement.resolve.journal.Journal;
import io.edgemc.placement.resolve.space.Dirty;
import io.edgemc.placement.resolve.space.PlacementState;
import io.edgemc.placement.resolve.space.Spaces;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The model in memory. Not thread-safe. */
public final class PlacementModel implements PlacementResolver {
    private final Journal journal = new Journal();
    private final StoredContent stored;
    private final Contents contents;
    private final Spaces spaces;
    private final Combining combining;
    private boolean open;

    public PlacementModel(StoredContent stored, KeyRing keys) {
        this.stored = stored;
        this.contents = new Contents(stored, keys);
        this.spaces = new Spaces(journal, contents);
        this.combining = new Combining(journal, contents, spaces, new Fleet(journal));
    }

    @Override
    public Resolution load(PersistedState state, long revision) {
        begin();
        return combining.load(state, stored, revision);
    }

    @Override
    public Resolution apply(Batch batch) {
        begin();
        Dirty dirty = new Dirty();
        for (Change change : batch.changes()) {
            switch (change) {
                case Change.ObjectWritten written -> spaces.write(written, dirty);
                case Change.ObjectDeleted deleted -> spaces.delete(deleted, dirty);
                case Change.ClusterWritten written -> combining.write(written, dirty);
                case Change.ClusterGone gone -> combining.gone(gone, dirty);
            }
        }
        if (batch.changes().isEmpty()) {
            return new Resolution(List.of(), List.of(), List.of(), List.of(), List.of());
        }
        return combining.settle(
                dirty, batch.revision(), batch.changes().getFirst().cause());
    }

    @Override
    public void committed() {
        open = false;
        journal.commit();
        contents.commit();
    }

    @Override
    public void rolledBack() {
        open = false;
        journal.rollback();
        contents.rollback();
        combining.rollback();
    }

    @Override
    public void acknowledged(String clusterUid, long revision) {
        combining.acknowledged(clusterUid, revision);
    }

    @Override
    public Set<PlacementId> placementsOf(String clusterUid) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(combining.placementsOf(clusterUid)));
    }

    @Override
    public Set<String> clustersOf(PlacementId placement) {
        PlacementState state = spaces.placement(placement);
        return state == null ? Set.of() : Set.copyOf(state.clusters());
    }

    @Override
    public Set<String> spacesWanting(ObjectKey key) {
        Set<String> wanting = new LinkedHashSet<>();
        spaces.wanting(key).keySet().forEach(placement -> wanting.add(placement.space()));
        return wanting;
    }

    @Override
    public Executing executing(String space, ObjectKey key) {
        return combining.executing(space, key);
    }

    @Override
    public LiveContents live(long position) {
        if (open) {
            throw new IllegalStateException("asked within a batch");
        }
        Set<Digest> manifests = new HashSet<>();
        Set<Digest> found = new HashSet<>();
        combining.live(manifests, found);
        spaces.live(found);
        return new LiveContents(position, manifests, found);
    }

    private void begin() {
        if (open) {
            throw new IllegalStateException("the last resolution was neither committed nor rolled back");
        }
        open = true;
    }
}
