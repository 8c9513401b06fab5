package io.edgemc.changelog;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A relay: publishes what the log holds after its durable cursor, in order, then moves the cursor. Woken by commits; looks
 * by itself only rarely, in case a wake-up of another replica was lost. Several replicas may run the same relay: the
 * cursor's row lock lets one publish at a time. Delivery is at least once; a row that changes twice before it is read is
 * sent once.
 */
public final class Follower<R> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration SAFETY_POLL = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final DataSource database;
    private final ChangeSource<R> source;
    private final ChangePublisher<R> publisher;
    private final Clock clock;
    private final RelayCursor cursor;
    private final Wakeup wakeup = new Wakeup();
    private final AtomicReference<@Nullable Instant> waitingSince = new AtomicReference<>();
    private final AutoCloseable subscription;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile FollowerState state = FollowerState.STARTING;

    /**
     * Starts at once.
     *
     * @param name name of the cursor, of the thread and in logs; one per relay, the same in all replicas
     */
    public Follower(
            String name,
            DataSource database,
            CommitSignal commits,
            ChangeSource<R> source,
            ChangePublisher<R> publisher,
            Clock clock) {
        this.name = name;
        this.database = database;
        this.source = source;
        this.publisher = publisher;
        this.clock = clock;
        this.cursor = new RelayCursor(name);
        this.waitingSince.set(clock.instant());
        this.subscription = commits.listen(this::wake);
        this.thread = Thread.ofVirtual().name("relay-" + name).start(this::run);
    }

    public FollowerState state() {
        return state;
    }

    /** How long the oldest row that was not published has waited, as far as this process knows; zero if there is none. */
    public Duration age() {
        Instant since = waitingSince.get();
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }

    /** Shows {@link #age} as {@code edgemc.queue.age{queue=name}}, in seconds. */
    public void measure(MeterRegistry registry) {
        TimeGauge.builder(
                        "edgemc.queue.age",
                        this,
                        TimeUnit.MILLISECONDS,
                        follower -> follower.age().toMillis())
                .description("Age of the oldest item that waits")
                .tag("queue", name)
                .register(registry);
    }

    private void wake() {
        if (waitingSince.get() == null) {
            waitingSince.compareAndSet(null, clock.instant());
        }
        wakeup.signal();
    }

    private void run() {
        int failures = 0;
        while (running()) {
            try {
                publishAll();
                failures = 0;
                state = FollowerState.RUNNING;
                wakeup.await(Pause.jittered(SAFETY_POLL));
            } catch (InterruptedException stopped) {
                break;
            } catch (Exception failure) {
                if (!running()) {
                    break;
                }
                failures++;
                state = FollowerState.RETRYING;
                LOG.warn(
                        "relay {} cannot publish (attempt {}), will try again: {}", name, failures, failure.toString());
                if (!pause(Pause.retry(failures))) {
                    break;
                }
            }
        }
        state = FollowerState.STOPPED;
    }

    private boolean running() {
        return stop.getCount() > 0;
    }

    /** False if it was ended meanwhile. A commit does not shorten the pause: the other side is away, not idle. */
    private boolean pause(Duration length) {
        try {
            return !stop.await(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            return false;
        }
    }

    private void publishAll() throws Exception {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            if (state == FollowerState.STARTING) {
                cursor.createIfAbsent(connection);
                connection.commit();
            }
            boolean more = true;
            while (more && running()) {
                Instant readAt = clock.instant();
                more = publishSome(connection);
                if (!more) {
                    // Commits since the read have set it again, or have left a signal that makes the next round at
                    // once.
                    waitingSince.updateAndGet(since -> since != null && since.isAfter(readAt) ? since : null);
                }
            }
        }
    }

    private boolean publishSome(Connection connection) throws Exception {
        try {
            long after = cursor.lock(connection);
            ChangeBatch<R> batch = source.read(connection, after);
            if (!batch.rows().isEmpty()) {
                publisher.publish(batch.rows());
            }
            if (batch.through() > after) {
                cursor.store(connection, batch.through());
            }
            connection.commit();
            return batch.more();
        } catch (Exception failure) {
            rollback(connection, failure);
            throw failure;
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            cause.addSuppressed(lost);
        }
    }

    /** Stops after the batch at hand, or in the middle of it if that takes long; what was not published stays for later. */
    @Override
    public void close() throws Exception {
        stop.countDown();
        subscription.close();
        wakeup.signal();
        if (!thread.join(STOP_LIMIT)) {
            thread.interrupt();
            thread.join();
        }
    }
}
