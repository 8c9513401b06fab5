package io.edgemc.placement.resolve.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every change of the model goes through here and can be taken back until it is committed. Values are immutable; what changes is
 * what maps and sets hold.
 */
public final class Journal {
    private final List<Runnable> undo = new ArrayList<>();

    public <K, V> @Nullable V put(Map<K, V> map, K key, V value) {
        V before = map.put(key, value);
        undo.add(before == null ? () -> map.remove(key) : () -> map.put(key, before));
        return before;
    }

    public <K, V> @Nullable V remove(Map<K, V> map, K key) {
        V before = map.remove(key);
        if (before != null) {
            undo.add(() -> map.put(key, before));
        }
        return before;
    }

    public <E> boolean add(Set<E> set, E element) {
        boolean added = set.add(element);
        if (added) {
            undo.add(() -> set.remove(element));
        }
        return added;
    }

    public <E> boolean remove(Set<E> set, E element) {
        boolean removed = set.remove(element);
        if (removed) {
            undo.add(() -> set.add(element));
        }
        return removed;
    }

    /** For a change that is made by hand: how to take it back. */
    public void undoBy(Runnable action) {
        undo.add(action);
    }

    public void commit() {
        undo.clear();
    }

    public void rollback() {
        undo.reversed().forEach(Runnable::run);
        undo.clear();
    }
}
