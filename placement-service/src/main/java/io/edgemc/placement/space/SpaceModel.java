package io.edgemc.placement.space;

import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What memory holds of the current objects: where each stands, no bodies but the cached ones. The engine's thread writes, any
 * thread reads.
 */
public final class SpaceModel {
    private final Map<ObjectRef, Head> heads = new ConcurrentHashMap<>();
    private final Map<View, Usage> usages = new ConcurrentHashMap<>();
    private final BodyCache bodies;
    private final RecentChanges recent;
    private final Ledger ledger;
    private volatile long position;
    private volatile boolean loaded;

    SpaceModel(Ledger ledger, long cachedBytes, long recentBytes) {
        this.ledger = ledger;
        this.bodies = new BodyCache(cachedBytes);
        this.recent = new RecentChanges(recentBytes);
    }

    /** The last position that memory knows of. */
    long position() {
        return position;
    }

    boolean isLoaded() {
        return loaded;
    }

    public @Nullable Head head(ObjectRef ref) {
        return heads.get(ref);
    }

    /** What a view holds, as of the last commit. */
    public Usage usage(View view) {
        return usages.getOrDefault(view, Usage.NOTHING);
    }

    /** What each space holds; without those that hold nothing. */
    public Stream<Usage> usagesOfSpaces() {
        return usages.entrySet().stream()
                .filter(entry -> entry.getKey().isSpace())
                .map(Map.Entry::getValue);
    }

    private void count(View view, Usage change) {
        usages.merge(view, change, (before, more) -> {
            Usage sum = before.plus(more);
            return sum.equals(Usage.NOTHING) ? null : sum;
        });
    }

    /** The current version, from memory or the database; null if there is none. */
    public @Nullable StoredObject current(ObjectRef ref) {
        Head head = heads.get(ref);
        if (head == null) {
            return null;
        }
        StoredObject cached = bodies.get(head.position());
        if (cached != null) {
            return cached;
        }
        StoredObject stored = ledger.version(head.position());
        bodies.put(stored);
        return stored;
    }

    Map<Ledger.Copy, Ledger.Returned> returned(Collection<Ledger.Copy> copies) {
        return ledger.returned(copies);
    }

    /** Every object of a view; costs a walk over all objects. */
    public Stream<ObjectRef> refs(View view) {
        return heads.keySet().stream().filter(ref -> ref.view().equals(view));
    }

    @Nullable
    List<StoredChange> recent(View view, long after, long upTo, int max) {
        return recent.after(view, after, upTo, max);
    }

    long cachedBytes() {
        return bodies.bytes();
    }

    int size() {
        return heads.size();
    }

    void startLoading(long at) {
        loaded = false;
        heads.clear();
        usages.clear();
        recent.restart(at);
        position = at;
    }

    void load(ObjectRef ref, Head head) {
        count(ref.view(), Usage.difference(heads.put(ref, head), head));
    }

    void finishLoading() {
        loaded = true;
    }

    /** Memory may differ from what is stored: nothing is served until it is loaded again. */
    void unload() {
        loaded = false;
    }

    /** Takes over what is committed. */
    void advance(List<Version> versions, long newPosition) {
        for (Version version : versions) {
            StoredObject stored = version.stored();
            if (stored == null) {
                count(version.ref().view(), Usage.difference(heads.remove(version.ref()), null));
            } else {
                bodies.put(stored);
                Head head = version.head();
                count(version.ref().view(), Usage.difference(heads.put(version.ref(), head), head));
            }
            StoredObject previous = version.previous();
            if (previous != null) {
                // Only watchers still want it, and they have it in the recent changes.
                bodies.remove(previous.resourceVersion());
            }
            recent.add(version);
        }
        position = newPosition;
    }
}
