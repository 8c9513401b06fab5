package io.edgemc.api.manifest;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Manifests as hash trees. A tree branches by the SHA-256 of the key's text, four bits a level; a subtree with at most
 * {@link ManifestNode#LEAF_ENTRIES} entries is a leaf. So the shape, and with it the digest, is a function of the set of
 * entries alone, whatever the order of changes, and equal parts of two trees are the same nodes. Stateless over its
 * {@link NodeSource}.
 */
public final class ManifestTree {
    private static final ManifestNode.Leaf EMPTY_LEAF = new ManifestNode.Leaf(List.of());

    /** Digest of the manifest without entries; it is always known and never stored. */
    public static final Digest EMPTY = EMPTY_LEAF.content().digest();

    private final NodeSource nodes;

    public ManifestTree(NodeSource nodes) {
        this.nodes = nodes;
    }

    /**
     * The manifest that differs from {@code root} by the changes: key to its new entry, or to null to take it out. Nodes that
     * are new go to {@code created}, children before parents; cost is in the nodes touched.
     */
    public Digest with(
            Digest root, Map<ObjectKey, ? extends @Nullable ManifestEntry> changes, Consumer<Content> created) {
        if (changes.isEmpty()) {
            return root;
        }
        List<Change> list = new ArrayList<>(changes.size());
        changes.forEach((key, entry) -> list.add(new Change(key, path(key), entry)));
        ManifestNode before = node(root);
        ManifestNode after = change(before, 0, list, created);
        return after.equals(before) ? root : store(after, created).digest();
    }

    /** The manifest of exactly these entries. */
    public Digest build(Collection<ManifestEntry> entries, Consumer<Content> created) {
        Map<ObjectKey, ManifestEntry> changes = new HashMap<>();
        entries.forEach(entry -> changes.put(entry.key(), entry));
        return with(EMPTY, changes, created);
    }

    /** The entry of a key, or null. Reads one path of nodes. */
    public @Nullable ManifestEntry get(Digest root, ObjectKey key) {
        Digest path = path(key);
        ManifestNode node = node(root);
        for (int depth = 0; ; depth++) {
            switch (node) {
                case ManifestNode.Leaf leaf -> {
                    return find(leaf, key);
                }
                case ManifestNode.Inner inner -> {
                    ManifestNode.Child child = inner.children().get(branch(path, depth));
                    if (child == null) {
                        return null;
                    }
                    node = node(child.digest());
                }
            }
        }
    }

    /** How many entries a manifest has. Reads one node. */
    public int count(Digest root) {
        return node(root).count();
    }

    /** Every entry, in no particular order. */
    public void forEach(Digest root, Consumer<ManifestEntry> sink) {
        forEach(node(root), sink);
    }

    /** Every entry, sorted by key. */
    public List<ManifestEntry> entries(Digest root) {
        List<ManifestEntry> all = new ArrayList<>();
        forEach(root, all::add);
        all.sort((a, b) -> a.key().compareTo(b.key()));
        return all;
    }

    /** The differences between two manifests, sorted by key. Reads only nodes that differ. */
    public List<EntryChange> diff(Digest before, Digest after) {
        List<EntryChange> changes = new ArrayList<>();
        diff(before, after, changes);
        changes.sort((a, b) -> a.key().compareTo(b.key()));
        return changes;
    }

    private void diff(@Nullable Digest before, @Nullable Digest after, List<EntryChange> sink) {
        if (before != null && before.equals(after)) {
            return;
        }
        ManifestNode left = before == null ? EMPTY_LEAF : node(before);
        ManifestNode right = after == null ? EMPTY_LEAF : node(after);
        if (left instanceof ManifestNode.Inner a && right instanceof ManifestNode.Inner b) {
            for (int i = 0; i < ManifestNode.FAN_OUT; i++) {
                ManifestNode.Child x = a.children().get(i);
                ManifestNode.Child y = b.children().get(i);
                if (x != null || y != null) {
                    diff(x == null ? null : x.digest(), y == null ? null : y.digest(), sink);
                }
            }
            return;
        }
        SortedMap<ObjectKey, ManifestEntry> rest = new TreeMap<>();
        forEach(right, entry -> rest.put(entry.key(), entry));
        forEach(left, entry -> {
            ManifestEntry other = rest.remove(entry.key());
            if (!entry.equals(other)) {
                sink.add(new EntryChange(entry, other));
            }
        });
        rest.values().forEach(entry -> sink.add(new EntryChange(null, entry)));
    }

    private void forEach(ManifestNode node, Consumer<ManifestEntry> sink) {
        switch (node) {
            case ManifestNode.Leaf leaf -> leaf.entries().forEach(sink);
            case ManifestNode.Inner inner -> {
                for (ManifestNode.Child child : inner.children()) {
                    if (child != null) {
                        forEach(node(child.digest()), sink);
                    }
                }
            }
        }
    }

    private ManifestNode change(ManifestNode node, int depth, List<Change> changes, Consumer<Content> created) {
        return switch (node) {
            case ManifestNode.Leaf leaf -> {
                SortedMap<ObjectKey, ManifestEntry> entries = new TreeMap<>();
                leaf.entries().forEach(entry -> entries.put(entry.key(), entry));
                for (Change change : changes) {
                    if (change.entry() == null) {
                        entries.remove(change.key());
                    } else {
                        entries.put(change.key(), change.entry());
                    }
                }
                yield shape(List.copyOf(entries.values()), depth, created);
            }
            case ManifestNode.Inner inner -> change(inner, depth, changes, created);
        };
    }

    private ManifestNode change(ManifestNode.Inner inner, int depth, List<Change> changes, Consumer<Content> created) {
        List<List<Change>> byBranch = new ArrayList<>();
        for (int i = 0; i < ManifestNode.FAN_OUT; i++) {
            byBranch.add(new ArrayList<>(0));
        }
        changes.forEach(change -> byBranch.get(branch(change.path(), depth)).add(change));
        @Nullable ManifestNode[] changed = new @Nullable ManifestNode[ManifestNode.FAN_OUT];
        int count = 0;
        for (int i = 0; i < ManifestNode.FAN_OUT; i++) {
            ManifestNode.Child child = inner.children().get(i);
            if (!byBranch.get(i).isEmpty()) {
                ManifestNode below = child == null ? EMPTY_LEAF : node(child.digest());
                ManifestNode after = change(below, depth + 1, byBranch.get(i), created);
                changed[i] = after;
                count += after.count();
            } else if (child != null) {
                count += child.count();
            }
        }
        if (count <= ManifestNode.LEAF_ENTRIES) {
            return collapse(inner, changed);
        }
        ManifestNode.@Nullable Child[] children = new ManifestNode.@Nullable Child[ManifestNode.FAN_OUT];
        for (int i = 0; i < ManifestNode.FAN_OUT; i++) {
            children[i] = child(inner.children().get(i), changed[i], created);
        }
        return new ManifestNode.Inner(Arrays.asList(children));
    }

    private ManifestNode collapse(ManifestNode.Inner inner, @Nullable ManifestNode[] changed) {
        SortedMap<ObjectKey, ManifestEntry> entries = new TreeMap<>();
        for (int i = 0; i < ManifestNode.FAN_OUT; i++) {
            ManifestNode.Child child = inner.children().get(i);
            ManifestNode below = changed[i] != null ? changed[i] : child == null ? EMPTY_LEAF : node(child.digest());
            forEach(below, entry -> entries.put(entry.key(), entry));
        }
        return new ManifestNode.Leaf(List.copyOf(entries.values()));
    }

    private ManifestNode.@Nullable Child child(
            ManifestNode.@Nullable Child before, @Nullable ManifestNode after, Consumer<Content> created) {
        if (after == null) {
            return before;
        }
        if (after.count() == 0) {
            return null;
        }
        Content content = after.content();
        if (before == null || !before.digest().equals(content.digest())) {
            created.accept(content);
        }
        return new ManifestNode.Child(content.digest(), after.count());
    }

    /** The node for these entries at a depth; subtrees below it are stored, the node itself is not. */
    private ManifestNode shape(List<ManifestEntry> entries, int depth, Consumer<Content> created) {
        if (entries.size() <= ManifestNode.LEAF_ENTRIES) {
            return new ManifestNode.Leaf(entries);
        }
        List<List<ManifestEntry>> byBranch = new ArrayList<>();
        for (int i = 0; i < ManifestNode.FAN_OUT; i++) {
            byBranch.add(new ArrayList<>());
        }
        entries.forEach(entry -> byBranch.get(branch(path(entry.key()), depth)).add(entry));
        ManifestNode.@Nullable Child[] children = new ManifestNode.@Nullable Child[ManifestNode.FAN_OUT];
        for (int i = 0; i < ManifestNode.FAN_OUT; i++) {
            if (!byBranch.get(i).isEmpty()) {
                children[i] = child(null, shape(byBranch.get(i), depth + 1, created), created);
            }
        }
        return new ManifestNode.Inner(Arrays.asList(children));
    }

    private Content store(ManifestNode node, Consumer<Content> created) {
        Content content = node.content();
        if (!content.digest().equals(EMPTY)) {
            created.accept(content);
        }
        return content;
    }

    private ManifestNode node(Digest digest) {
        return digest.equals(EMPTY) ? EMPTY_LEAF : nodes.node(digest);
    }

    private static @Nullable ManifestEntry find(ManifestNode.Leaf leaf, ObjectKey key) {
        for (ManifestEntry entry : leaf.entries()) {
            if (entry.key().equals(key)) {
                return entry;
            }
        }
        return null;
    }

    private static Digest path(ObjectKey key) {
        return Digest.sha256(key.text());
    }

    private static int branch(Digest path, int depth) {
        int octet = path.at(depth / 2);
        return depth % 2 == 0 ? octet >> 4 : octet & 0xf;
    }

    private record Change(
            ObjectKey key, Digest path, @Nullable ManifestEntry entry) {}
}
