package io.edgemc.kube.store.memory;

import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.ObjectWrite;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Everything in memory; keeps a bounded number of changes for snapshots and watches. Thread-safe. */
public final class MemoryStore implements KubeStore {
    private record Key(String namespace, String name) {}

    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::namespace).thenComparing(Key::name);

    private final Map<KindRef, NavigableMap<Key, StoredObject>> objects = new HashMap<>();
    private final Deque<StoredChange> changes = new ArrayDeque<>();
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final int keptChanges;
    private long position;
    private long forgotten;

    public MemoryStore() {
        this(10_000);
    }

    /** {@code keptChanges}: how many changes snapshots and watches may look back. */
    public MemoryStore(int keptChanges) {
        this.keptChanges = keptChanges;
        this.position = 1;
        this.forgotten = 1;
    }

    @Override
    public synchronized long position() {
        return position;
    }

    @Override
    public synchronized @Nullable StoredObject get(KindRef kind, String namespace, String name) {
        return of(kind).get(new Key(namespace, name));
    }

    @Override
    public synchronized ObjectPage list(ObjectQuery query) {
        long snapshot = query.snapshot() == 0 ? position : query.snapshot();
        if (snapshot < forgotten) {
            throw new StoreException.Expired("position " + snapshot + " is no longer kept");
        }
        NavigableMap<Key, StoredObject> all = at(query.kind(), snapshot);
        if (query.after() != null) {
            all = all.tailMap(new Key(query.after().namespace(), query.after().name()), false);
        }
        if (query.namespace() != null) {
            String namespace = query.namespace();
            List<StoredObject> found = all.values().stream()
                    .dropWhile(object -> object.namespace().compareTo(namespace) < 0)
                    .takeWhile(object -> object.namespace().equals(namespace))
                    .toList();
            return page(found, query.limit(), snapshot);
        }
        return page(all.values(), query.limit(), snapshot);
    }

    private static ObjectPage page(Collection<StoredObject> found, int limit, long snapshot) {
        if (limit == 0 || found.size() <= limit) {
            return new ObjectPage(List.copyOf(found), snapshot, false, 0);
        }
        return new ObjectPage(found.stream().limit(limit).toList(), snapshot, true, (long) found.size() - limit);
    }

    private NavigableMap<Key, StoredObject> at(KindRef kind, long snapshot) {
        NavigableMap<Key, StoredObject> now = of(kind);
        if (snapshot >= position) {
            return now;
        }
        NavigableMap<Key, StoredObject> then = new TreeMap<>(now);
        Iterator<StoredChange> backwards = changes.descendingIterator();
        while (backwards.hasNext()) {
            StoredChange change = backwards.next();
            if (change.position() <= snapshot) {
                break;
            }
            StoredObject previous = change.previous();
            StoredObject any = previous == null ? change.current() : previous;
            if (any == null || !any.kind().equals(kind)) {
                continue;
            }
            Key key = new Key(any.namespace(), any.name());
            if (previous == null) {
                then.remove(key);
            } else {
                then.put(key, previous);
            }
        }
        return then;
    }

    @Override
    public synchronized List<StoredChange> changesAfter(long after, int max) {
        if (after < forgotten) {
            throw new StoreException.Expired("changes after " + after + " are no longer kept");
        }
        if (after >= position) {
            return List.of();
        }
        List<StoredChange> found = new ArrayList<>();
        Iterator<StoredChange> backwards = changes.descendingIterator();
        while (backwards.hasNext()) {
            StoredChange change = backwards.next();
            if (change.position() <= after) {
                break;
            }
            found.add(change);
        }
        return List.copyOf(found.reversed().subList(0, Math.min(max, found.size())));
    }

    @Override
    public AutoCloseable onAdvance(LongConsumer listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public CompletableFuture<StoredObject> commit(ObjectWrite write, Actor actor) {
        StoredObject committed;
        long reached;
        try {
            synchronized (this) {
                committed = change(write);
                reached = position;
            }
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(e);
        }
        listeners.forEach(listener -> listener.accept(reached));
        return CompletableFuture.completedFuture(committed);
    }

    private StoredObject change(ObjectWrite write) {
        Key key = new Key(write.namespace(), write.name());
        NavigableMap<Key, StoredObject> kind = of(write.kind());
        StoredObject there = kind.get(key);
        return switch (write) {
            case ObjectWrite.Create create -> {
                if (there != null) {
                    throw new StoreException.AlreadyExists(write.kind() + " " + write.name() + " exists");
                }
                StoredObject made = new StoredObject(
                        create.kind(),
                        create.namespace(),
                        create.name(),
                        create.uid(),
                        position + 1,
                        create.labels(),
                        create.body(),
                        create.splice());
                kind.put(key, made);
                yield logged(null, made, made);
            }
            case ObjectWrite.Replace replace -> {
                StoredObject before = expected(there, replace.expectedVersion(), write);
                StoredObject made = new StoredObject(
                        replace.kind(),
                        replace.namespace(),
                        replace.name(),
                        replace.uid(),
                        position + 1,
                        replace.labels(),
                        replace.body(),
                        replace.splice());
                kind.put(key, made);
                yield logged(before, made, made);
            }
            case ObjectWrite.Remove remove -> {
                StoredObject before = expected(there, remove.expectedVersion(), write);
                kind.remove(key);
                StoredObject last = new StoredObject(
                        before.kind(),
                        before.namespace(),
                        before.name(),
                        before.uid(),
                        position + 1,
                        before.labels(),
                        before.body(),
                        before.splice());
                yield logged(before, null, last);
            }
        };
    }

    private static StoredObject expected(@Nullable StoredObject there, long version, ObjectWrite write) {
        if (there == null || there.resourceVersion() != version) {
            throw new StoreException.Stale(write.kind() + " " + write.name() + " is no longer at " + version);
        }
        return there;
    }

    private StoredObject logged(@Nullable StoredObject before, @Nullable StoredObject after, StoredObject answer) {
        position++;
        changes.add(new StoredChange(position, before, after));
        if (changes.size() > keptChanges) {
            forgotten = changes.remove().position();
        }
        return answer;
    }

    private NavigableMap<Key, StoredObject> of(KindRef kind) {
        return objects.computeIfAbsent(kind, k -> new TreeMap<>(ORDER));
    }
}
