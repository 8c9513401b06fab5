package io.edgemc.placement.space;

import static io.edgemc.placement.space.Replica.ANN;
import static io.edgemc.placement.space.Replica.CONFIG_MAPS;
import static io.edgemc.placement.space.Replica.SECRETS;
import static io.edgemc.placement.space.Replica.SPACE;
import static io.edgemc.placement.space.Replica.configMap;
import static io.edgemc.placement.space.Replica.create;
import static io.edgemc.placement.space.Replica.object;
import static io.edgemc.placement.space.Replica.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.api.content.KeyRing;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectWrite;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredObject;
import io.edgemc.placement.space.Replica.NothingFollows;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.testing.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What a space may hold. */
class SpaceQuotaTest {
    private final Database database = TestPostgres.freshDatabase();
    private final KeyRing keys = Replica.keys();

    @Test
    void oneObjectMoreThanTheQuotaIsRefusedInTheWordsOfAQuota() throws Exception {
        try (Replica replica = replica(new SpaceQuota(2, 1 << 20))) {
            // Given
            ViewStore space = replica.space();
            commit(space, create(CONFIG_MAPS, "default", "a", configMap("a", "x")));
            StoredObject second = commit(space, create(CONFIG_MAPS, "default", "b", configMap("b", "x")));

            // When, then
            assertThatThrownBy(() -> commit(space, create(CONFIG_MAPS, "default", "c", configMap("c", "x"))))
                    .isInstanceOf(StoreException.QuotaExceeded.class)
                    .hasMessage("exceeded quota: space, requested: objects=1, used: objects=2, limited: objects=2");

            // When there is room again
            commit(space, new ObjectWrite.Remove(CONFIG_MAPS, "default", "b", second.resourceVersion()));

            // Then
            commit(space, create(CONFIG_MAPS, "default", "c", configMap("c", "x")));
        }
    }

    @Test
    void bytesCountByTheirSumAndWhatShrinksOrEndsIsTaken() throws Exception {
        try (Replica replica = replica(new SpaceQuota(10, 2_000))) {
            // Given
            ViewStore space = replica.space();
            StoredObject large = commit(space, create(CONFIG_MAPS, "default", "a", configMap("a", "x".repeat(1_500))));

            // When, then
            assertThatThrownBy(() ->
                            commit(space, create(CONFIG_MAPS, "default", "b", configMap("b", "x".repeat(500)))))
                    .isInstanceOf(StoreException.QuotaExceeded.class)
                    .hasMessageContaining("exceeded quota: space, requested: bytes=")
                    .hasMessageEndingWith("limited: bytes=2000");
            assertThatThrownBy(() -> commit(space, replace(large, configMap("a", "x".repeat(2_500)))))
                    .isInstanceOf(StoreException.QuotaExceeded.class);

            // When it only ends, though it grows by that
            ObjectNode ending = configMap("a", "x".repeat(2_500));
            ending.withObject("/metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
            StoredObject ended = commit(space, replace(large, ending));

            // Then
            StoredObject small = commit(space, replace(ended, configMap("a", "x")));
            assertThat(replica.engine.model().usage(SPACE)).isEqualTo(new Usage(1, small.body().length));
        }
    }

    @Test
    void writesOfOneGroupCommitShareWhatIsLeft() throws Exception {
        try (Replica replica = replica(new SpaceQuota(25, 1 << 20))) {
            // Given
            ViewStore space = replica.space();

            // When many write at a time, so that commits are of many
            List<CompletableFuture<StoredObject>> writes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                writes.add(space.commit(create(CONFIG_MAPS, "default", "m" + i, configMap("m" + i, "x")), ANN));
            }

            // Then
            long taken = writes.stream()
                    .filter(write ->
                            write.handle((done, failure) -> failure == null).join())
                    .count();
            assertThat(taken).isEqualTo(25);
            assertThat(replica.engine.model().usage(SPACE).objects()).isEqualTo(25);
        }
    }

    @Test
    void theSystemAndOtherSpacesHaveRoomWhenOneIsFull() throws Exception {
        try (Replica replica = replica(new SpaceQuota(1, 1 << 20))) {
            // Given
            ViewStore full = replica.space();
            commit(full, create(CONFIG_MAPS, "default", "a", configMap("a", "x")));

            // When
            for (String name : List.of("one", "two")) {
                commit(
                        replica.store(View.SYSTEM),
                        create(WriteTask.SPACES, "", name, object("edge-mc.io/v1alpha1", "Space", name)));
                commit(replica.store(View.ofSpace(name)), create(CONFIG_MAPS, "default", "a", configMap("a", "x")));
            }

            // Then
            assertThatThrownBy(() -> commit(full, create(CONFIG_MAPS, "default", "b", configMap("b", "x"))))
                    .isInstanceOf(StoreException.QuotaExceeded.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void afterARestartAndAtAnotherReplicaTheCountIsTheSame(long seed) throws Exception {
        Random random = new Random(seed);
        Usage counted;
        try (Replica one = replica(SpaceQuota.NONE);
                Replica other = replica(SpaceQuota.NONE)) {
            // Given a history of writes, of secrets, too, which rest sealed
            ViewStore space = one.space();
            List<StoredObject> there = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String value = "v".repeat(random.nextInt(300));
                switch (there.isEmpty() ? 0 : random.nextInt(4)) {
                    case 0 ->
                        there.add(commit(space, create(CONFIG_MAPS, "default", "m" + i, configMap("m" + i, value))));
                    case 1 -> {
                        ObjectNode secret = object("v1", "Secret", "s" + i);
                        secret.putObject("data").put("k", value);
                        there.add(commit(space, create(SECRETS, "default", "s" + i, secret)));
                    }
                    case 2 -> {
                        StoredObject before = there.removeLast();
                        there.addFirst(commit(space, replace(before, configMap(before.name(), value))));
                    }
                    default -> {
                        StoredObject before = there.removeLast();
                        commit(
                                space,
                                new ObjectWrite.Remove(
                                        before.kind(), "default", before.name(), before.resourceVersion()));
                    }
                }
            }
            counted = one.engine.model().usage(SPACE);
            assertThat(counted)
                    .isEqualTo(new Usage(
                            there.size(),
                            there.stream()
                                    .mapToLong(object -> object.body().length)
                                    .sum()));

            // Then
            Replica.await(() -> other.engine.model().usage(SPACE).equals(counted));
        }

        // When
        try (Replica later = replica(SpaceQuota.NONE)) {
            // Then
            assertThat(later.engine.model().usage(SPACE)).isEqualTo(counted);
        }
    }

    private Replica replica(SpaceQuota quota) {
        return new Replica(database, keys, new NothingFollows(), EngineLimits.DEFAULT.withQuota(quota));
    }

    private static StoredObject commit(KubeStore store, ObjectWrite write) {
        try {
            return store.commit(write, ANN).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException refused) {
                throw refused;
            }
            throw e;
        }
    }
}
