package io.edgemc.api.target;

import io.edgemc.api.manifest.EntryChange;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.manifest.ManifestTree;
import io.edgemc.api.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads target states: the effective entries, and differences in O(differences). */
public final class TargetDiff {
    private final ManifestTree tree;

    public TargetDiff(ManifestTree tree) {
        this.tree = tree;
    }

    /** The entry that counts for a key, or null. */
    public @Nullable ManifestEntry effective(TargetState state, ObjectKey key) {
        ManifestEntry own = tree.get(state.overlay(), key);
        return own != null ? own : tree.get(state.manifest(), key);
    }

    /** All effective entries, sorted by key. */
    public List<ManifestEntry> entries(TargetState state) {
        SortedMap<ObjectKey, ManifestEntry> entries = new TreeMap<>();
        tree.forEach(state.manifest(), entry -> entries.put(entry.key(), entry));
        tree.forEach(state.overlay(), entry -> entries.put(entry.key(), entry));
        return List.copyOf(entries.values());
    }

    /** The effective differences between two states, sorted by key. */
    public List<EntryChange> diff(TargetState before, TargetState after) {
        TreeSet<ObjectKey> keys = new TreeSet<>();
        tree.diff(before.manifest(), after.manifest()).forEach(change -> keys.add(change.key()));
        tree.diff(before.overlay(), after.overlay()).forEach(change -> keys.add(change.key()));
        List<EntryChange> changes = new ArrayList<>(keys.size());
        for (ObjectKey key : keys) {
            ManifestEntry was = effective(before, key);
            ManifestEntry is = effective(after, key);
            if (!Objects.equals(was, is)) {
                changes.add(new EntryChange(was, is));
            }
        }
        return changes;
    }
}
