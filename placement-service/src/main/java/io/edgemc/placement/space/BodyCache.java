package io.edgemc.placement.space;

import io.edgemc.kube.store.StoredObject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Versions by position, the least recently used go first when there are too many bytes. A version never changes. Thread-safe. */
final class BodyCache {
    private static final int OVERHEAD = 400;

    private final long maxBytes;
    private final LinkedHashMap<Long, StoredObject> versions = new LinkedHashMap<>(1024, 0.75f, true);
    private long bytes;

    BodyCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized @Nullable StoredObject get(long position) {
        return versions.get(position);
    }

    synchronized void put(StoredObject version) {
        if (weight(version) > maxBytes / 4) {
            return;
        }
        StoredObject former = versions.put(version.resourceVersion(), version);
        bytes += weight(version) - (former == null ? 0 : weight(former));
        Iterator<Map.Entry<Long, StoredObject>> oldest = versions.entrySet().iterator();
        while (bytes > maxBytes) {
            bytes -= weight(oldest.next().getValue());
            oldest.remove();
        }
    }

    synchronized void remove(long position) {
        StoredObject former = versions.remove(position);
        if (former != null) {
            bytes -= weight(former);
        }
    }

    synchronized long bytes() {
        return bytes;
    }

    private static int weight(StoredObject version) {
        return version.body().length + OVERHEAD;
    }
}
