package io.edgemc.placement.space;

import io.edgemc.changelog.CommitSignal;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.ObjectWrite;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One view as {@code kube-rest} sees it. Reads come from memory where they can; writes go to the engine. */
public final class ViewStore implements KubeStore {
    private final View view;
    private final SpaceEngine engine;
    private final SpaceModel model;
    private final Ledger ledger;
    private final CommitSignal commits;
    private final Executor callbacks;

    public ViewStore(View view, SpaceEngine engine, Ledger ledger, CommitSignal commits, Executor callbacks) {
        this.view = view;
        this.engine = engine;
        this.model = engine.model();
        this.ledger = ledger;
        this.commits = commits;
        this.callbacks = callbacks;
    }

    @Override
    public long position() {
        requireLoaded();
        return model.position();
    }

    @Override
    public boolean reached(long position) {
        return position <= position() || position <= available(ledger::position);
    }

    @Override
    public @Nullable StoredObject get(KindRef kind, String namespace, String name) {
        requireLoaded();
        ObjectRef ref = new ObjectRef(view, kind, namespace, name);
        return available(() -> {
            while (true) {
                Head before = model.head(ref);
                try {
                    return model.current(ref);
                } catch (StoreException.Stale gone) {
                    // Either the object changed between the two looks, and compaction was quick, or memory is behind.
                    if (Objects.equals(before, model.head(ref))) {
                        engine.refresh();
                        throw new StoreException.Unavailable(
                                ref + " changed, and this replica is behind; try again", gone);
                    }
                }
            }
        });
    }

    @Override
    public ObjectPage list(ObjectQuery query) {
        requireLoaded();
        long latest = model.position();
        if (query.snapshot() > latest) {
            throw new StoreException.Expired("position " + query.snapshot() + " is not there yet");
        }
        long snapshot = query.snapshot() == 0 ? latest : query.snapshot();
        ObjectQuery at = new ObjectQuery(
                query.kind(), query.namespace(), snapshot, query.after(), query.limit(), query.counted());
        return available(() -> ledger.list(view, at));
    }

    @Override
    public List<StoredChange> changesAfter(long position, int max) {
        requireLoaded();
        long upTo = model.position();
        if (position >= upTo) {
            return List.of();
        }
        List<StoredChange> recent = model.recent(view, position, upTo, max);
        return recent != null ? recent : available(() -> ledger.changes(view, position, upTo, max));
    }

    @Override
    public AutoCloseable onAdvance(LongConsumer listener) {
        return commits.listen(() -> listener.accept(model.position()));
    }

    @Override
    public CompletableFuture<StoredObject> commit(ObjectWrite write, Actor actor) {
        requireLoaded();
        WriteTask task = new WriteTask(view, write, actor, callbacks);
        engine.submit(task);
        return task.done();
    }

    private void requireLoaded() {
        if (!model.isLoaded()) {
            throw new StoreException.Unavailable("the service is loading its state; try again", null);
        }
    }

    private static <T extends @Nullable Object> T available(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (LedgerException e) {
            throw new StoreException.Unavailable(e.reason().advice(), e);
        }
    }
}
