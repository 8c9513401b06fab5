package io.edgemc.placement.space;

import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.ObjectWrite;
import io.edgemc.kube.store.ObjectWrite.Create;
import io.edgemc.kube.store.ObjectWrite.Remove;
import io.edgemc.kube.store.ObjectWrite.Replace;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.Version.Body;
import io.edgemc.placement.space.Version.Origin;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A write of a client: taken if what it was based on is still current. */
final class WriteTask implements EngineTask {
    static final KindRef SPACES = new KindRef("edge-mc.io", "spaces");

    private final ObjectRef ref;
    private final ObjectWrite write;
    private final Origin origin;
    private final Executor callbacks;
    private final CompletableFuture<StoredObject> done = new CompletableFuture<>();
    private @Nullable Draft draft;
    private int index;

    /** @param callbacks runs what hangs on the future, so that it does not hold the engine up */
    WriteTask(View view, ObjectWrite write, Actor actor, Executor callbacks) {
        this.ref = ObjectRef.of(view, write);
        this.write = write;
        this.origin = new Origin(actor.user(), actor.requestId(), actor.traceparent());
        this.callbacks = callbacks;
    }

    CompletableFuture<StoredObject> done() {
        return done;
    }

    @Override
    public void draft(Draft target) {
        String space = ref.view().space();
        if (space != null) {
            checkHome(target, space);
        }
        draft = target;
        switch (write) {
            case Create create -> {
                if (target.exists(ref)) {
                    throw new StoreException.AlreadyExists(ref + " already exists");
                }
                Body body = new Body(create.labels(), create.body(), create.splice());
                target.requireRoom(ref, body);
                target.put(ref, create.uid(), body, origin);
            }
            case Replace replace -> {
                expect(target, replace.expectedVersion());
                Body body = new Body(replace.labels(), replace.body(), replace.splice());
                target.requireRoom(ref, body);
                target.put(ref, replace.uid(), body, origin);
            }
            case Remove remove -> {
                expect(target, remove.expectedVersion());
                target.remove(ref, origin);
            }
        }
        index = target.versions().size() - 1;
    }

    /** What is created in a space after its end was asked for would outlive it. */
    private void checkHome(Draft target, String space) {
        StoredObject home = target.current(new ObjectRef(View.SYSTEM, SPACES, "", space));
        if (home == null) {
            throw new StoreException.Stale("space " + space + " is gone");
        }
        if (write instanceof Create && Bodies.parse(home).path("metadata").hasNonNull("deletionTimestamp")) {
            throw new StoreException.Terminating(
                    "unable to create new content in space " + space + " because it is being terminated");
        }
    }

    private void expect(Draft target, long expected) {
        long current = target.positionOf(ref);
        if (current == 0) {
            throw new StoreException.Stale(ref + " is gone");
        }
        if (current != expected) {
            throw new StoreException.Stale(ref + " changed: it is at " + current + ", not at " + expected);
        }
    }

    @Override
    public void committed() {
        Draft committed = draft;
        if (committed == null) {
            throw new IllegalStateException("committed before it was drafted");
        }
        // The version as it is now: the hub may have put a status into it.
        Version version = committed.versions().get(index);
        StoredObject stored = version.stored();
        complete(stored == null ? last(version) : stored);
    }

    private static StoredObject last(Version tombstone) {
        StoredObject previous = tombstone.previous();
        if (previous == null) {
            throw new IllegalStateException("a tombstone has a version before it");
        }
        return new StoredObject(
                previous.kind(),
                previous.namespace(),
                previous.name(),
                previous.uid(),
                tombstone.position(),
                previous.labels(),
                previous.body(),
                previous.splice());
    }

    private void complete(StoredObject stored) {
        draft = null;
        done.completeAsync(() -> stored, callbacks);
    }

    @Override
    public void failed(StoreException reason) {
        draft = null;
        callbacks.execute(() -> done.completeExceptionally(reason));
    }

    @Override
    public int weight() {
        return 500
                + switch (write) {
                    case Create create -> create.body().length;
                    case Replace replace -> replace.body().length;
                    case Remove ignored -> 0;
                };
    }
}
