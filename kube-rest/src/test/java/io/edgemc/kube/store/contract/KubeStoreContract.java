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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void pagesOfAnySizeShowOneSnapshotWhateverIsWrittenBetweenThem(long seed) {
        // Given
        Random random = new Random(seed);
        Map<String, StoredObject> current = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            writeSomething(random, current, i);
        }
        Map<String, Long> expected = versions(current.values());
        List<StoredObject> seen = new ArrayList<>();

        // When
        long snapshot = 0;
        ObjectQuery.After after = null;
        boolean more = true;
        for (int page = 0; more; page++) {
            ObjectPage found = store.list(new ObjectQuery(CONFIG_MAPS, null, snapshot, after, 1 + random.nextInt(10)));
            snapshot = found.snapshot();
            seen.addAll(found.objects());
            more = found.more();
            if (more) {
                after = new ObjectQuery.After(
                        seen.getLast().namespace(), seen.getLast().name());
            }
            for (int i = 0; i < 15; i++) {
                writeSomething(random, current, 1_000 * (page + 1) + i);
            }
        }

        // Then
        assertThat(versions(seen)).isEqualTo(expected);
        assertThat(seen).hasSameSizeAs(expected.keySet());
        // And from there the changes lead to what is there now
        Map<String, Long> replayed = new TreeMap<>(versions(seen));
        for (StoredChange change : store.changesAfter(snapshot, 10_000)) {
            StoredObject now = change.current();
            StoredObject was = change.previous();
            if (now != null) {
                replayed.put(key(now), now.resourceVersion());
            } else if (was != null) {
                replayed.remove(key(was));
            }
        }
        assertThat(replayed).isEqualTo(versions(current.values()));
    }

    private void writeSomething(Random random, Map<String, StoredObject> current, int i) {
        List<StoredObject> all = List.copyOf(current.values());
        switch (all.isEmpty() ? 0 : random.nextInt(4)) {
            case 0, 1 -> {
                StoredObject made = create("ns-" + random.nextInt(3), "n" + random.nextInt(100) + "-" + i, "1");
                current.put(key(made), made);
            }
            case 2 -> {
                StoredObject changed = replace(all.get(random.nextInt(all.size())), "v" + i);
                current.put(key(changed), changed);
            }
            default -> {
                StoredObject gone = all.get(random.nextInt(all.size()));
                remove(gone);
                current.remove(key(gone));
            }
        }
    }

    private static Map<String, Long> versions(Collection<StoredObject> objects) {
        Map<String, Long> versions = new TreeMap<>();
        objects.forEach(object -> versions.put(key(object), object.resourceVersion()));
        return versions;
    }

    private static String key(StoredObject object) {
        return object.namespace() + "/" + object.name();
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
