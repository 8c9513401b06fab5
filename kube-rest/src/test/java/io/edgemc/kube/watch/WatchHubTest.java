package io.edgemc.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectBody;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.ObjectWrite;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.kube.store.memory.MemoryStore;
import io.edgemc.kube.testing.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class WatchHubTest {
    private static final KindRef MAPS = new KindRef("", "configmaps");

    @Test
    void aStoreThatWentBackExpiresItsWatchesAndIsFollowedFromThere() throws Exception {
        // Given: a watcher of a store that stands far ahead
        Restorable store = new Restorable();
        for (int i = 0; i < 50; i++) {
            store.create("before-" + i);
        }
        try (WatchHub hub = new WatchHub(store)) {
            Watcher early = new Watcher();
            assertThat(hub.attach(early, store.position())).isTrue();

            // When: an older backup takes its place, which a follower is told of by what it says next
            store.restore();

            // Then
            Eventually.holds(() -> assertThat(early.state()).isEqualTo(Watcher.State.EXPIRED));
            assertThat(hub.tail()).isEqualTo(store.position());

            // When: it goes on from there, below the former position
            Watcher late = new Watcher();
            assertThat(hub.attach(late, store.position())).isTrue();
            StoredObject made = store.create("after");

            // Then
            assertThat(position(late)).isEqualTo(made.resourceVersion());
        }
    }

    @Test
    void aWatcherThatIsAheadOfThisReplicaGetsNothingTwice() throws Exception {
        // Given: the client has seen a position, at another replica, that is not here yet
        Restorable store = new Restorable();
        store.create("a");
        try (WatchHub hub = new WatchHub(store)) {
            long seen = store.position() + 1;
            Watcher watcher = new Watcher();
            assertThat(hub.attach(watcher, seen)).isTrue();

            // When
            store.create("seen");
            StoredObject news = store.create("news");

            // Then
            assertThat(position(watcher)).isEqualTo(news.resourceVersion());
        }
    }

    @Test
    void noneOfThousandsOfEventsIsLeftOut() throws Exception {
        // Given
        Restorable store = new Restorable();
        List<Long> followed = new CopyOnWriteArrayList<>();
        try (WatchHub hub = new WatchHub(store)) {
            hub.follow(change -> followed.add(change.position()));
            long start = store.position();
            Watcher early = new Watcher();
            assertThat(hub.attach(early, start)).isTrue();

            // When more come than a queue holds, and are read as they come
            List<Long> made = new ArrayList<>();
            List<Long> seen = new ArrayList<>();
            for (int i = 0; i < 2_500; i++) {
                made.add(store.create("n-" + i).resourceVersion());
                seen.add(position(early));
            }
            Watcher late = new Watcher();
            assertThat(hub.attach(late, start)).isTrue();
            List<Long> replayed = new ArrayList<>();
            for (int i = 0; i < made.size(); i++) {
                replayed.add(position(late));
            }

            // Then
            assertThat(seen).isEqualTo(made);
            assertThat(replayed).isEqualTo(made);
            assertThat(followed).isEqualTo(made);
        }
    }

    @Test
    void whatIsNoLongerInMemoryHasToBeReadFromTheStoreFirst() throws Exception {
        // Given more than the hub remembers
        Restorable store = new Restorable();
        try (WatchHub hub = new WatchHub(store)) {
            for (int i = 0; i < WatchHub.RING_EVENTS + 10; i++) {
                store.create("n-" + i);
            }
            long last = store.position();
            Eventually.holds(() -> assertThat(hub.tail()).isEqualTo(last));

            // When, then
            Watcher watcher = new Watcher();
            assertThat(hub.attach(watcher, last - WatchHub.RING_EVENTS - 1)).isFalse();
            assertThat(hub.attach(watcher, last - WatchHub.RING_EVENTS)).isTrue();
            assertThat(position(watcher)).isEqualTo(last - WatchHub.RING_EVENTS + 1);
        }
    }

    private static long position(Watcher watcher) {
        HubEvent event = watcher.next(TimeUnit.SECONDS.toNanos(20));
        assertThat(event).isNotNull();
        return event.change().position();
    }

    /** A store that can be replaced by an older backup of itself. */
    private static final class Restorable implements KubeStore {
        private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
        private volatile MemoryStore current = new MemoryStore();

        void restore() {
            current = new MemoryStore();
            tell();
        }

        StoredObject create(String name) {
            ObjectNode object = JsonMapper.shared().createObjectNode();
            String uid = UUID.randomUUID().toString();
            object.put("apiVersion", "v1").put("kind", "ConfigMap");
            object.putObject("metadata")
                    .put("name", name)
                    .put("namespace", "default")
                    .put("uid", uid);
            ObjectBody body = ObjectBody.of(object);
            ObjectWrite.Create create = new ObjectWrite.Create(
                    MAPS, "default", name, uid, ObjectBody.labelsOf(object), body.bytes(), body.splice());
            StoredObject made =
                    commit(create, new Actor("test", Set.of(), "request", "")).join();
            tell();
            return made;
        }

        private void tell() {
            listeners.forEach(listener -> listener.accept(position()));
        }

        @Override
        public long position() {
            return current.position();
        }

        @Override
        public @Nullable StoredObject get(KindRef kind, String namespace, String name) {
            return current.get(kind, namespace, name);
        }

        @Override
        public ObjectPage list(ObjectQuery query) {
            return current.list(query);
        }

        @Override
        public List<StoredChange> changesAfter(long position, int max) {
            return current.changesAfter(position, max);
        }

        @Override
        public AutoCloseable onAdvance(LongConsumer listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        @Override
        public CompletableFuture<StoredObject> commit(ObjectWrite write, Actor actor) {
            return current.commit(write, actor);
        }
    }
}
