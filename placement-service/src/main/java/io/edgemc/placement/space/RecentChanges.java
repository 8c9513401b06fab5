package io.edgemc.placement.space;

import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest changes of all views, so that watchers who keep up never ask the database. One writer, any number of readers.
 */
final class RecentChanges {
    private static final int OVERHEAD = 500;

    private final long maxBytes;
    private final ConcurrentSkipListMap<Long, Entry> changes = new ConcurrentSkipListMap<>();
    private long bytes;
    private volatile long floor;

    private record Entry(View view, StoredChange change) {}

    RecentChanges(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Forgets everything: changes after {@code position} are to follow. */
    void restart(long position) {
        floor = position;
        changes.clear();
        bytes = 0;
    }

    void add(Version version) {
        StoredChange change = new StoredChange(version.position(), version.previous(), version.stored());
        changes.put(version.position(), new Entry(version.ref().view(), change));
        bytes += weight(change);
        while (bytes > maxBytes && changes.size() > 1) {
            Map.Entry<Long, Entry> oldest = changes.firstEntry();
            // The floor goes up first: a reader that misses the entry sees that it looked too far back.
            floor = oldest.getKey();
            changes.remove(oldest.getKey());
            bytes -= weight(oldest.getValue().change());
        }
    }

    /** Changes of a view in (after, upTo]; null if memory does not reach back that far. */
    @Nullable
    List<StoredChange> after(View view, long after, long upTo, int max) {
        if (after < floor) {
            return null;
        }
        List<StoredChange> found = new ArrayList<>();
        for (Entry entry : changes.subMap(after, false, upTo, true).values()) {
            if (found.size() == max) {
                break;
            }
            if (entry.view().equals(view)) {
                found.add(entry.change());
            }
        }
        return after < floor ? null : found;
    }

    private static int weight(StoredChange change) {
        return OVERHEAD + weight(change.previous()) + weight(change.current());
    }

    private static int weight(@Nullable StoredObject version) {
        return version == null ? 0 : version.body().length;
    }
}
