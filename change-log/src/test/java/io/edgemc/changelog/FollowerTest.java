package io.edgemc.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.changelog.EventTable.Row;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.postgres.EmbeddedPostgresServer;
import io.edgemc.servers.postgres.PostgresOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {
    private static final int WRITERS = 250;
    private static final int ROUNDS = 3;
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgresServer server;

    private DataSource database;
    private final CommitSignal commits = new CommitSignal();

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = EmbeddedPostgresServer.start(
                new PostgresOptions(directory, 0, PostgresOptions.Durability.FAST, WRITERS + 30));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createTables() throws Exception {
        String name = "log" + DATABASES.incrementAndGet();
        Database created = server.createDatabase(name, name, "test");
        database = created.dataSource();
        try (Connection connection = database.getConnection()) {
            EventTable.create(connection);
        }
    }

    @Test
    void everyCommittedRowIsSeenOnceInOrderWithoutGapWhileTransactionsAreSlowAndAbort() throws Exception {
        // Given
        List<Row> seen = Collections.synchronizedList(new java.util.ArrayList<>());
        try (Follower<Row> relay =
                new Follower<>("events", database, commits, EventTable.source(37), seen::addAll, Clock.systemUTC())) {

            // When
            Set<String> committed = writeFromManyThreads();

            // Then
            await(() -> seen.size() >= committed.size());
            assertThat(seen.stream().map(Row::position))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, seen.size()).boxed().toList());
            assertThat(seen.stream().map(Row::text).collect(Collectors.toSet())).isEqualTo(committed);
            await(() -> relay.age().isZero());
        }
    }

    @Test
    void aRelayThatIsKilledAtRandomLosesNothingAndNeverGoesBackBeyondItsCursor() throws Exception {
        // Given
        List<Row> seen = Collections.synchronizedList(new java.util.ArrayList<>());
        AtomicBoolean writing = new AtomicBoolean(true);
        Random chance = new Random(7);
        ChangePublisher<Row> dying = rows -> {
            seen.addAll(rows.subList(0, chance.nextInt(rows.size() + 1)));
            if (chance.nextInt(4) == 0) {
                throw new IllegalStateException("the broker went away");
            }
            seen.addAll(rows);
        };
        Thread killer = Thread.startVirtualThread(() -> restartRelays(writing, dying));

        // When
        Set<String> committed = writeFromManyThreads();
        writing.set(false);
        killer.join();

        // Then
        try (Follower<Row> last =
                new Follower<>("events", database, commits, EventTable.source(37), seen::addAll, Clock.systemUTC())) {
            await(() -> last.state() == FollowerState.RUNNING && texts(seen).size() >= committed.size());
        }
        assertThat(texts(seen)).isEqualTo(committed);
        assertThat(firstSightings(seen)).isSorted();
    }

    @Test
    void aRowThatChangesTwiceWhileTheRelayIsAwayIsSentOnceWithItsLatestState() throws Exception {
        // Given
        for (String text : List.of("one", "two", "three")) {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                EventTable.upsert(
                        connection, "key", ChangeLog.position(connection, 1).first(), text);
                connection.commit();
            }
        }
        LinkedBlockingQueue<Row> seen = new LinkedBlockingQueue<>();

        // When
        try (Follower<Row> relay =
                new Follower<>("events", database, commits, EventTable.source(10), seen::addAll, Clock.systemUTC())) {
            await(() -> relay.state() == FollowerState.RUNNING);
        }

        // Then
        assertThat(seen).containsExactly(new Row(3, "three"));
    }

    @Test
    void ofTwoReplicasOnePublishesAtATime() throws Exception {
        // Given a replica that publishes, and does not come to its end
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Row> slow = Collections.synchronizedList(new java.util.ArrayList<>());
        List<Row> other = Collections.synchronizedList(new java.util.ArrayList<>());
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            EventTable.upsert(
                    connection, "key", ChangeLog.position(connection, 1).first(), "one");
            connection.commit();
        }
        ChangePublisher<Row> waits = rows -> {
            begun.countDown();
            goOn.await();
            slow.addAll(rows);
        };
        try (Follower<Row> first =
                new Follower<>("events", database, commits, EventTable.source(10), waits, Clock.systemUTC())) {
            begun.await();

            // When a second one looks
            try (Follower<Row> second = new Follower<>(
                    "events", database, commits, EventTable.source(10), other::addAll, Clock.systemUTC())) {

                // Then it waits, and finds nothing left
                await(this::aRelayWaitsForItsCursor);
                goOn.countDown();
                await(() -> first.state() == FollowerState.RUNNING && second.state() == FollowerState.RUNNING);
            } finally {
                goOn.countDown();
            }
        }
        assertThat(slow).containsExactly(new Row(1, "one"));
        assertThat(other).isEmpty();
    }

    private boolean aRelayWaitsForItsCursor() {
        try (Connection admin = server.superuser();
                Statement statement = admin.createStatement();
                var waiting = statement.executeQuery("select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and query like '%relay_cursor%for update%'")) {
            return waiting.next();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCommitOfAnotherReplicaWakesTheRelay() throws Exception {
        // Given
        CountDownLatch woken = new CountDownLatch(2);
        CommitSignal here = new CommitSignal();
        here.listen(woken::countDown);
        try (ReplicaListener listener = new ReplicaListener(database, here)) {
            await(() -> woken.getCount() == 1);

            // When
            try (Connection elsewhere = database.getConnection()) {
                elsewhere.setAutoCommit(false);
                ChangeLog.position(elsewhere, 1);
                elsewhere.commit();
            }

            // Then
            assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void restartRelays(AtomicBoolean writing, ChangePublisher<Row> publisher) {
        Random chance = new Random(11);
        while (writing.get()) {
            try (Follower<Row> relay =
                    new Follower<>("events", database, commits, EventTable.source(37), publisher, Clock.systemUTC())) {
                await(() -> relay.state() != FollowerState.STARTING || !writing.get());
                if (chance.nextBoolean()) {
                    try (Connection admin = server.superuser();
                            Statement statement = admin.createStatement()) {
                        statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where query like '%relay_cursor%' and pid <> pg_backend_pid()");
                    }
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Returns the texts that were committed. */
    private Set<String> writeFromManyThreads() throws Exception {
        ConcurrentLinkedQueue<String> committed = new ConcurrentLinkedQueue<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new java.util.ArrayList<java.util.concurrent.Future<?>>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int id = writer;
                writers.add(threads.submit(() -> {
                    write(id, committed);
                    return null;
                }));
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        return new HashSet<>(committed);
    }

    private void write(int writer, ConcurrentLinkedQueue<String> committed) throws Exception {
        Random chance = new Random(writer);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int round = 0; round < ROUNDS; round++) {
                statement.execute("select pg_sleep(" + chance.nextDouble() / 5 + ")");
                PositionRange range = ChangeLog.position(connection, 1 + chance.nextInt(3));
                Set<String> texts = new HashSet<>();
                for (long position = range.first(); position <= range.last(); position++) {
                    String text = writer + "/" + round + "/" + (position - range.first());
                    EventTable.upsert(connection, text, position, text);
                    texts.add(text);
                }
                if (chance.nextInt(20) == 0) {
                    statement.execute("select pg_sleep(0.02)");
                }
                if (chance.nextInt(3) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    committed.addAll(texts);
                    commits.committed();
                }
            }
        }
    }

    private static Set<String> texts(List<Row> rows) {
        synchronized (rows) {
            return rows.stream().map(Row::text).collect(Collectors.toSet());
        }
    }

    private static List<Long> firstSightings(List<Row> rows) {
        synchronized (rows) {
            return rows.stream().map(Row::position).distinct().toList();
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }
}
