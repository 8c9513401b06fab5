package io.edgemc.kube.write;

import io.edgemc.kube.api.Target;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectBody;
import io.edgemc.kube.store.ObjectWrite;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.node.ObjectNode;

/** Trees into the store. Blocks the calling (virtual) thread until the commit is durable. */
final class Commits {
    private final KubeStore store;

    Commits(KubeStore store) {
        this.store = store;
    }

    StoredObject create(ObjectNode object, Target target, Actor actor) {
        ObjectBody body = ObjectBody.of(object);
        return done(store.commit(
                new ObjectWrite.Create(
                        target.kind().rests(),
                        target.namespace(),
                        name(object),
                        uid(object),
                        ObjectBody.labelsOf(object),
                        body.bytes(),
                        body.splice()),
                actor));
    }

    StoredObject replace(ObjectNode object, StoredObject before, Actor actor) {
        ObjectBody body = ObjectBody.of(object);
        return done(store.commit(
                new ObjectWrite.Replace(
                        before.kind(),
                        before.namespace(),
                        before.name(),
                        uid(object),
                        ObjectBody.labelsOf(object),
                        body.bytes(),
                        body.splice(),
                        before.resourceVersion()),
                actor));
    }

    StoredObject remove(StoredObject before, Actor actor) {
        return done(store.commit(
                new ObjectWrite.Remove(before.kind(), before.namespace(), before.name(), before.resourceVersion()),
                actor));
    }

    /** What a creation or replacement would answer, without doing it. */
    static StoredObject imagined(ObjectNode object, Target target, long version) {
        ObjectBody body = ObjectBody.of(object);
        return new StoredObject(
                target.kind().rests(),
                target.namespace(),
                name(object),
                uid(object),
                version,
                ObjectBody.labelsOf(object),
                body.bytes(),
                body.splice());
    }

    private static StoredObject done(CompletableFuture<StoredObject> commit) {
        try {
            return commit.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asString("");
    }

    private static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asString("");
    }
}
