package io.edgemc.placement.space;

import static io.edgemc.placement.space.Replica.ANN;
import static io.edgemc.placement.space.Replica.CONFIG_MAPS;
import static io.edgemc.placement.space.Replica.SPACE;
import static io.edgemc.placement.space.Replica.await;
import static io.edgemc.placement.space.Replica.configMap;
import static io.edgemc.placement.space.Replica.create;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.ContentKind;
import io.edgemc.api.content.KeyRing;
import io.edgemc.kube.store.StoreException;
import io.edgemc.placement.space.Replica.NothingFollows;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.testing.TestPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Whoever follows the log is told of everything that was committed, at once and not by a timer of its own. */
class WakeUpTest {
    private final Database database = TestPostgres.freshDatabase();
    private final KeyRing keys = Replica.keys();

    @Test
    void aCommitWhoseAnswerWasLostIsFoundAndTold() throws Exception {
        // Given: the next commit is durable, but its answer does not arrive
        AtomicBoolean cut = new AtomicBoolean();
        try (Replica replica = new Replica(
                database,
                keys,
                new NothingFollows(),
                EngineLimits.DEFAULT,
                source -> losingTheAnswerOfACommit(source, cut))) {
            ViewStore store = replica.space();
            AtomicLong toldOf = told(replica);
            cut.set(true);

            // When
            CompletableFuture<?> write = store.commit(create(CONFIG_MAPS, "default", "a", configMap("a", "1")), ANN);

            // Then: nobody writes after it, and still it shows and followers are told
            assertThatThrownBy(write::join).hasCauseInstanceOf(StoreException.Unavailable.class);
            await(() -> store.get(CONFIG_MAPS, "default", "a") != null);
            await(() -> toldOf.get() == store.position());
        }
    }

    @Test
    void whatALoadCommitsIsToldAndWhoWaitsForLoadsHearsOfEachOne() throws Exception {
        // Given: one replica cannot follow the other, and its new model gives a difference
        AtomicInteger loads = new AtomicInteger();
        NothingFollows stubborn = new NothingFollows() {
            @Override
            public boolean replay(List<Version> versions, long revision) {
                return false;
            }

            @Override
            public Result load(Ledger.Snapshot stored) {
                byte[] content = ("{\"load\":" + loads.incrementAndGet() + "}").getBytes(StandardCharsets.UTF_8);
                return loads.get() == 2
                        ? new Result(List.of(Content.plain(ContentKind.OBJECT, content)), List.of(), List.of())
                        : Result.NOTHING;
            }
        };
        try (Replica one = new Replica(database, keys, new NothingFollows());
                Replica two = new Replica(database, keys, stubborn)) {
            AtomicLong toldOf = told(two);
            AtomicInteger heard = new AtomicInteger();
            two.engine.whenLoaded(heard::incrementAndGet);
            await(() -> heard.get() == 1);

            // When
            long written = one.space().position();

            // Then
            await(() -> loads.get() == 2 && two.engine.isReady());
            assertThat(two.store(SPACE).position()).isEqualTo(written + 1);
            await(() -> toldOf.get() == written + 1);
            await(() -> heard.get() == 2);
        }
    }

    /** The position that was there to be read when the replica's followers were last told to look. */
    private static AtomicLong told(Replica replica) {
        AtomicLong position = new AtomicLong(-1);
        replica.commits.listen(() -> position.set(replica.engine.model().position()));
        return position;
    }

    private static DataSource losingTheAnswerOfACommit(DataSource source, AtomicBoolean cut) {
        return proxy(
                DataSource.class,
                source,
                (method, result) -> result instanceof Connection connection
                        ? proxy(Connection.class, connection, (called, answer) -> {
                            if (called.equals("commit") && cut.compareAndSet(true, false)) {
                                throw new SQLException("the connection was cut", "08006");
                            }
                            return answer;
                        })
                        : result);
    }

    @FunctionalInterface
    private interface Way {
        Object pass(String method, Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T real, Way way) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            try {
                return way.pass(method.getName(), method.invoke(real, args));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
