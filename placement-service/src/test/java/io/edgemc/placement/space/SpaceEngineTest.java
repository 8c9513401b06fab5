package io.edgemc.placement.space;

import static io.edgemc.placement.space.Replica.ANN;
import static io.edgemc.placement.space.Replica.CONFIG_MAPS;
import static io.edgemc.placement.space.Replica.SECRETS;
import static io.edgemc.placement.space.Replica.SPACE;
import static io.edgemc.placement.space.Replica.await;
import static io.edgemc.placement.space.Replica.configMap;
import static io.edgemc.placement.space.Replica.create;
import static io.edgemc.placement.space.Replica.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.api.content.KeyRing;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.ObjectWrite;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.Replica.NothingFollows;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SpaceEngineTest {
    private final Database database = TestPostgres.freshDatabase();
    private final KeyRing keys = Replica.keys();

    @Test
    void writesOfTwoReplicasAreOneHistoryAndBothSeeAllOfIt() throws Exception {
        // Given
        try (Replica one = new Replica(database, keys, new NothingFollows());
                Replica two = new Replica(database, keys, new NothingFollows())) {
            ViewStore here = one.space();
            ViewStore there = two.store(SPACE);
            await(() -> there.position() == here.position());

            // When
            int refused = writeFrom(List.of(here, there), 40, 10);

            // Then: each name once, and what was refused was refused because the other replica had it
            await(() -> here.position() == there.position());
            List<StoredObject> all =
                    here.list(new ObjectQuery(CONFIG_MAPS, null, 0, null, 0)).objects();
            assertThat(all).hasSize(200).extracting(StoredObject::name).doesNotHaveDuplicates();
            assertThat(refused).isEqualTo(200);
            assertThat(positions(here.changesAfter(0, 1_000)))
                    .hasSize(200)
                    .isSorted()
                    .isEqualTo(positions(there.changesAfter(0, 1_000)));
            assertThat(new String(there.get(CONFIG_MAPS, "default", "m7").body(), StandardCharsets.UTF_8))
                    .isEqualTo(new String(here.get(CONFIG_MAPS, "default", "m7").body(), StandardCharsets.UTF_8));
        }
    }

    /** Each name is tried twice; returns how often it was taken. */
    private static int writeFrom(List<ViewStore> stores, int callers, int each) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                ViewStore store = stores.get(caller % 2);
                int base = caller / 2 * each;
                results.add(threads.submit(() -> {
                    int refused = 0;
                    for (int i = base; i < base + each; i++) {
                        try {
                            store.commit(create(CONFIG_MAPS, "default", "m" + i, configMap("m" + i, "x")), ANN)
                                    .join();
                        } catch (CompletionException taken) {
                            assertThat(taken).hasCauseInstanceOf(StoreException.AlreadyExists.class);
                            refused++;
                        }
                    }
                    return refused;
                }));
            }
            int refused = 0;
            for (Future<Integer> result : results) {
                refused += result.get();
            }
            return refused;
        }
    }

    @Test
    void aWriteBasedOnAnOlderVersionIsRefusedAsStale() throws Exception {
        // Given
        try (Replica replica = new Replica(database, keys, new NothingFollows())) {
            ViewStore store = replica.space();
            StoredObject first = store.commit(create(CONFIG_MAPS, "default", "a", configMap("a", "1")), ANN)
                    .join();
            store.commit(replace(first, configMap("a", "2")), ANN).join();

            // When
            CompletableFuture<StoredObject> late = store.commit(replace(first, configMap("a", "3")), ANN);

            // Then
            assertThatThrownBy(late::join).hasCauseInstanceOf(StoreException.Stale.class);
        }
    }

    @Test
    void aRestartServesWhatWasCommitted() throws Exception {
        // Given
        StoredObject written;
        try (Replica before = new Replica(database, keys, new NothingFollows())) {
            ViewStore store = before.space();
            written = store.commit(create(CONFIG_MAPS, "default", "a", configMap("a", "1")), ANN)
                    .join();
            StoredObject gone = store.commit(create(CONFIG_MAPS, "default", "b", configMap("b", "1")), ANN)
                    .join();
            store.commit(new ObjectWrite.Remove(CONFIG_MAPS, "default", "b", gone.resourceVersion()), ANN)
                    .join();
        }

        // When
        try (Replica after = new Replica(database, keys, new NothingFollows())) {

            // Then
            ViewStore store = after.store(SPACE);
            assertThat(store.get(CONFIG_MAPS, "default", "a").body()).isEqualTo(written.body());
            assertThat(store.get(CONFIG_MAPS, "default", "b")).isNull();
            assertThat(store.changesAfter(written.resourceVersion(), 10))
                    .extracting(change -> change.current() == null)
                    .containsExactly(false, true);
        }
    }

    @Test
    void aSecretIsSealedAtRestAndReadableAfterARestart() throws Exception {
        // Given
        byte[] plain;
        try (Replica before = new Replica(database, keys, new NothingFollows())) {
            var secret = Replica.object("v1", "Secret", "s");
            secret.putObject("data").put("password", "Y2FuYXJ5");

            // When
            plain = before.space()
                    .commit(create(SECRETS, "default", "s", secret), ANN)
                    .join()
                    .body();
        }

        // Then
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select key_id, body from object_version where resource = 'secrets'")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("k1");
            assertThat(new String(row.getBytes(2), StandardCharsets.ISO_8859_1)).doesNotContain("Y2FuYXJ5");
        }
        try (Replica after = new Replica(database, keys, new NothingFollows())) {
            assertThat(after.store(SPACE).get(SECRETS, "default", "s").body()).isEqualTo(plain);
        }
    }

    @Test
    void aFullQueueRefusesAtOnceAndLosesNothingThatItTook() throws Exception {
        // Given: the engine is held up
        HeldUp heldUp = new HeldUp();
        try (Replica replica =
                new Replica(database, keys, heldUp, new EngineLimits(5, 1 << 20, 1 << 20, 1 << 20, SpaceQuota.NONE))) {
            ViewStore store = replica.space();
            List<CompletableFuture<StoredObject>> taken = new ArrayList<>();
            taken.add(heldUp.fill(store));
            for (int i = 0; i < 5; i++) {
                taken.add(store.commit(create(CONFIG_MAPS, "default", "m" + i, configMap("m" + i, "1")), ANN));
            }

            // When
            CompletableFuture<StoredObject> tooMuch =
                    store.commit(create(CONFIG_MAPS, "default", "more", configMap("more", "1")), ANN);

            // Then
            assertThatThrownBy(tooMuch::join)
                    .hasCauseInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("try again later");
            heldUp.release();
            taken.forEach(CompletableFuture::join);
            assertThat(store.list(new ObjectQuery(CONFIG_MAPS, null, 0, null, 0))
                            .objects())
                    .hasSize(6);
        }
    }

    @Test
    void aFailureOfWhatFollowsRefusesThatWriteAloneAndTheModelStaysRight() throws Exception {
        // Given
        Consequences poisoned = new NothingFollows() {
            @Override
            public Result follow(Draft draft) {
                if (draft.versions().stream()
                        .anyMatch(version -> version.ref().name().equals("poison"))) {
                    throw new IllegalStateException("cannot be resolved");
                }
                return Result.NOTHING;
            }
        };
        try (Replica replica = new Replica(database, keys, poisoned)) {
            ViewStore store = replica.space();

            // When
            List<CompletableFuture<StoredObject>> writes = new ArrayList<>();
            for (String name : List.of("a", "b", "poison", "c")) {
                writes.add(store.commit(create(CONFIG_MAPS, "default", name, configMap(name, "1")), ANN));
            }

            // Then
            assertThatThrownBy(writes.get(2)::join).hasCauseInstanceOf(StoreException.Invalid.class);
            writes.get(0).join();
            writes.get(1).join();
            writes.get(3).join();
            await(replica.engine::isReady);
            assertThat(store.list(new ObjectQuery(CONFIG_MAPS, null, 0, null, 0))
                            .objects())
                    .extracting(StoredObject::name)
                    .containsExactly("a", "b", "c");
        }
    }

    @Test
    void aDraftWithADefectIsRefusedAloneAndNobodyBehindItIsLeftWithoutAnAnswer() throws Exception {
        // Given: three tasks in one batch, the second of which cannot be drafted
        HeldUp heldUp = new HeldUp();
        try (Replica replica = new Replica(database, keys, heldUp)) {
            ViewStore store = replica.space();
            CompletableFuture<StoredObject> first = heldUp.fill(store);
            CompletableFuture<StoredObject> before = write(store, "before");
            FailingDraft failing = new FailingDraft(new IllegalStateException("a defect"), Integer.MAX_VALUE);
            replica.engine.submit(failing);
            CompletableFuture<StoredObject> behind = write(store, "behind");

            // When
            heldUp.release();

            // Then
            first.join();
            before.join();
            behind.join();
            assertThatThrownBy(failing.done::join).hasCauseInstanceOf(StoreException.Invalid.class);
        }
    }

    @Test
    void aDatabaseThatFailsWhileDraftingRefusesTheWholeBatchForNow() throws Exception {
        // Given
        HeldUp heldUp = new HeldUp();
        try (Replica replica = new Replica(database, keys, heldUp)) {
            ViewStore store = replica.space();
            CompletableFuture<StoredObject> first = heldUp.fill(store);
            CompletableFuture<StoredObject> before = write(store, "before");
            FailingDraft failing =
                    new FailingDraft(new LedgerException(LedgerException.Reason.UNREACHABLE, null), Integer.MAX_VALUE);
            replica.engine.submit(failing);
            CompletableFuture<StoredObject> behind = write(store, "behind");

            // When
            heldUp.release();

            // Then
            first.join();
            assertThatThrownBy(failing.done::join).hasCauseInstanceOf(StoreException.Unavailable.class);
            assertThatThrownBy(before::join).hasCauseInstanceOf(StoreException.Unavailable.class);
            assertThatThrownBy(behind::join).hasCauseInstanceOf(StoreException.Unavailable.class);
        }
    }

    @Test
    void aConnectionThatDiesBeforeTheCommitIsNoAffairOfThoseWhoWrite() throws Exception {
        // Given
        HeldUp heldUp = new HeldUp();
        try (Replica replica = new Replica(database, keys, heldUp)) {
            ViewStore store = replica.space();
            CompletableFuture<StoredObject> first = heldUp.fill(store);
            CompletableFuture<StoredObject> before = write(store, "before");
            CompletableFuture<StoredObject> again = write(store, "before");
            FailingDraft refused = new FailingDraft(new StoreException.Invalid("", "refused"), 1);
            replica.engine.submit(refused);
            FailingDraft dies = new FailingDraft(new LedgerException(LedgerException.Reason.UNREACHABLE, null), 1);
            replica.engine.submit(dies);
            CompletableFuture<StoredObject> behind = write(store, "behind");

            // When
            heldUp.release();

            // Then all is stored once, and who is refused is refused once
            first.join();
            before.join();
            behind.join();
            dies.done.join();
            assertThatThrownBy(refused.done::join).hasCauseInstanceOf(StoreException.Invalid.class);
            assertThat(refused.drafts).isOne();
            assertThatThrownBy(again::join).hasCauseInstanceOf(StoreException.AlreadyExists.class);
            assertThat(store.list(new ObjectQuery(CONFIG_MAPS, null, 0, null, 0))
                            .objects())
                    .extracting(StoredObject::name)
                    .containsExactly("before", "behind", "first");
        }
    }

    @Test
    void aDatabaseThatDiesRightAfterTheCommitLeavesItStandingAndIsNotAskedForItAgain() throws Exception {
        // Given
        AtomicBoolean dies = new AtomicBoolean();
        NothingFollows dying = new NothingFollows() {
            @Override
            public void committed() {
                if (dies.getAndSet(false)) {
                    throw new LedgerException(LedgerException.Reason.UNREACHABLE, null);
                }
            }
        };
        try (Replica replica = new Replica(database, keys, dying)) {
            ViewStore store = replica.space();
            dies.set(true);

            // When
            StoredObject written = write(store, "written").join();

            // Then it is there once, and the next one is like any other
            await(replica.engine::isReady);
            assertThat(dies).isFalse();
            assertThat(store.get(CONFIG_MAPS, "default", "written").resourceVersion())
                    .isEqualTo(written.resourceVersion());
            write(store, "next").join();
        }
    }

    private static CompletableFuture<StoredObject> write(ViewStore store, String name) {
        return store.commit(create(CONFIG_MAPS, "default", name, configMap(name, "1")), ANN);
    }

    /** Holds the engine up in the first commit of the space, so that what comes meanwhile makes one batch. */
    private static final class HeldUp extends NothingFollows {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch held = new CountDownLatch(1);

        CompletableFuture<StoredObject> fill(ViewStore store) throws InterruptedException {
            CompletableFuture<StoredObject> first = write(store, "first");
            reached.await();
            return first;
        }

        void release() {
            held.countDown();
        }

        @Override
        public Result follow(Draft draft) {
            if (draft.versions().getFirst().ref().view().equals(SPACE)) {
                reached.countDown();
                try {
                    held.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return Result.NOTHING;
        }
    }

    private static final class FailingDraft implements EngineTask {
        private final RuntimeException failure;
        private final int times;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private volatile int drafts;

        /** @param times how often it fails before it does not */
        FailingDraft(RuntimeException failure, int times) {
            this.failure = failure;
            this.times = times;
        }

        @Override
        public void draft(Draft draft) {
            drafts++;
            if (drafts <= times) {
                throw failure;
            }
        }

        @Override
        public void committed() {
            done.complete(null);
        }

        @Override
        public void failed(StoreException reason) {
            done.completeExceptionally(reason);
        }

        @Override
        public int weight() {
            return 1;
        }
    }

    private static List<Long> positions(List<StoredChange> changes) {
        return changes.stream().map(StoredChange::position).toList();
    }
}
