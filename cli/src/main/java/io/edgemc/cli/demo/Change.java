package io.edgemc.cli.demo;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** What became different at an edge between two looks: keys of objects that edge-mc put there. */
public record Change(SortedSet<String> added, SortedSet<String> changed, SortedSet<String> removed) {
    /** Nothing was touched. */
    public static final Change NONE = new Change(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

    static Change between(SortedMap<String, String> before, SortedMap<String, String> after) {
        SortedSet<String> added = new TreeSet<>(after.keySet());
        added.removeAll(before.keySet());
        SortedSet<String> removed = new TreeSet<>(before.keySet());
        removed.removeAll(after.keySet());
        SortedSet<String> changed = new TreeSet<>();
        after.forEach((key, version) -> {
            String was = before.get(key);
            if (was != null && !was.equals(version)) {
                changed.add(key);
            }
        });
        return new Change(added, changed, removed);
    }

    @Override
    public String toString() {
        if (equals(NONE)) {
            return "nothing changes";
        }
        StringBuilder text = new StringBuilder();
        added.forEach(key -> text.append(" +").append(key));
        changed.forEach(key -> text.append(" ~").append(key));
        removed.forEach(key -> text.append(" -").append(key));
        return text.toString().strip();
    }
}
