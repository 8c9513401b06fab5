package io.edgemc.kube.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectBody;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.ObjectWrite;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code kube-rest} relies on; every store that can be written runs it. */
public abstract class KubeStoreContract {
    protected static final KindRef CONFIG_MAPS = new KindRef("", "configmaps");
    private static final Actor ACTOR = new Actor("contract", Set.of(), "contract-request", "");

    private KubeStore store;

    /** A store without objects of the kinds that the contract uses. */
    protected abstract KubeStore emptyStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = emptyStore();
    }

    @Test
    void aCreatedObjectIsReadBackWithThePositionOfItsCommit() {
        StoredObject made = create("ns", "a", "1");

        StoredObject read = store.get(CONFIG_MAPS, "ns", "a");

        assertThat(read).isNotNull();
        assertThat(read.resourceVersion()).isEqualTo(made.resourceVersion()).isLessThanOrEqualTo(store.position());
        assertThat(read.labels()).containsEntry("value", "1");
        assertThat(JsonMapper.shared()
                        .readTree(ObjectBody.complete(read))
                        .path("metadata")
                        .path("resourceVersion")
                        .asString(""))
                .isEqualTo(Long.toString(made.resourceVersion()));
    }

    @Test
    void aTakenNameIsRefused() {
        create("ns", "a", "1");

        assertThatThrownBy(() -> create("ns", "a", "2")).isInstanceOf(StoreException.AlreadyExists.class);
    }

    @Test
    void onlyTheVersionThatWasReadIsReplacedOrRemoved() {
        StoredObject first = create("ns", "a", "1");
        StoredObject second = replace(first, "2");

        assertThatThrownBy(() -> replace(first, "3")).isInstanceOf(StoreException.Stale.class);
        assertThatThrownBy(() -> remove(first)).isInstanceOf(StoreException.Stale.class);
        StoredObject gone = remove(second);

        assertThat(gone.resourceVersion()).isGreaterThan(second.resourceVersion());
        assertThat(store.get(CONFIG_MAPS, "ns", "a")).isNull();
        assertThatThrownBy(() -> replace(second, "4")).isInstanceOf(StoreException.Stale.class);
    }

    @Test
    void changesComeInCommitOrderWithBeforeAndAfter() {
        long start = store.position();
        StoredObject first = create("ns", "a", "1");
        StoredObject second = replace(first, "2");
        StoredObject gone = remove(second);

        List<StoredChange> changes = store.changesAfter(start, 100);

        assertThat(changes)
                .extracting(StoredChange::position)
                .containsExactly(first.resourceVersion(), second.resourceVersion(), gone.resourceVersion());
        assertThat(changes.get(0).previous()).isNull();
        assertThat(changes.get(1).previous()).isNotNull();
        assertThat(changes.get(1).previous().labels()).containsEntry("value", "1");
        assertThat(changes.get(1).current().labels()).containsEntry("value", "2");
        assertThat(changes.get(2).current()).isNull();
        assertThat(store.changesAfter(first.resourceVersion(), 1))
                .extracting(StoredChange::position)
                .containsExactly(second.resourceVersion());
        assertThat(store.changesAfter(store.position(), 100)).isEmpty();
    }

    @Test
    void pagesShowOneSnapshotWhileWritesGoOn() {
        List<StoredObject> made = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d", "e")) {
            made.add(create("ns", name, "old"));
        }
        create("other", "a", "old");

        ObjectPage first = store.list(new ObjectQuery(CONFIG_MAPS, "ns", 0, null, 2));
        replace(made.get(2), "new");
        remove(made.get(3));
        create("ns", "bb", "new");
        ObjectPage rest =
                store.list(new ObjectQuery(CONFIG_MAPS, "ns", first.snapshot(), new ObjectQuery.After("ns", "b"), 0));

        assertThat(first.objects()).extracting(StoredObject::name).containsExactly("a", "b");
        assertThat(first.more()).isTrue();
        assertThat(first.remaining()).isIn(3L, -1L);
        assertThat(rest.objects()).extracting(StoredObject::name).containsExactly("c", "d", "e");
        assertThat(rest.objects())
                .allSatisfy(object -> assertThat(object.labels()).containsEntry("value", "old"));
        assertThat(rest.more()).isFalse();
    }

    @Test
    void aListOfAllNamespacesIsOrderedByNamespaceAndName() {
        create("b", "a", "1");
        create("a", "z", "1");
        create("a", "b", "1");

        ObjectPage page = store.list(new ObjectQuery(CONFIG_MAPS, null, 0, null, 0));

        assertThat(page.objects())
                .extracting(object -> object.namespace() + "/" + object.name())
                .containsExactly("a/b", "a/z", "b/a");
        assertThat(page.snapshot())
                .isGreaterThanOrEqualTo(page.objects().getFirst().resourceVersion());
    }

    @Test
    void listenersAreWokenByCommits() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        long start = store.position();

        try (AutoCloseable registration = store.onAdvance(position -> {
            if (position > start) {
                woken.countDown();
            }
        })) {
            create("ns", "a", "1");
            assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void manyWritersGetDistinctPositionsInTheOrderOfTheChanges() throws Exception {
        long start = store.position();
        int writers = 8;
        int each = 20;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            for (int w = 0; w < writers; w++) {
                int writer = w;
                threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        create("ns-" + writer, "n" + i, "1");
                    }
                });
            }
        }

        List<StoredChange> changes = store.changesAfter(start, writers * each + 1);

        assertThat(changes).hasSize(writers * each);
        assertThat(changes).extracting(StoredChange::position).isSorted().doesNotHaveDuplicates();
        assertThat(changes.getLast().position()).isLessThanOrEqualTo(store.position());
    }

    private StoredObject create(String namespace, String name, String value) {
        String uid = UUID.randomUUID().toString();
        ObjectNode object = object(namespace, name, uid, value);
        ObjectBody body = ObjectBody.of(object);
        return commit(new ObjectWrite.Create(
                CONFIG_MAPS, namespace, name, uid, ObjectBody.labelsOf(object), body.bytes(), body.splice()));
    }

    private StoredObject replace(StoredObject before, String value) {
        ObjectNode object = object(before.namespace(), before.name(), before.uid(), value);
        ObjectBody body = ObjectBody.of(object);
        return commit(new ObjectWrite.Replace(
                CONFIG_MAPS,
                before.namespace(),
                before.name(),
                before.uid(),
                ObjectBody.labelsOf(object),
                body.bytes(),
                body.splice(),
                before.resourceVersion()));
    }

    private StoredObject remove(StoredObject before) {
        return commit(new ObjectWrite.Remove(CONFIG_MAPS, before.namespace(), before.name(), before.resourceVersion()));
    }

    private StoredObject commit(ObjectWrite write) {
        try {
            return store.commit(write, ACTOR).orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private static ObjectNode object(String namespace, String name, String uid, String value) {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", name).put("namespace", namespace).put("uid", uid);
        metadata.putObject("labels").put("value", value);
        return object;
    }
}
