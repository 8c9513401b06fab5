package io.edgemc.stack;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.postgres.EmbeddedPostgresServer;
import io.edgemc.servers.postgres.PostgresOptions;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the hub's database server running: one that died is started again on its port, at once the first time, then after ever longer
 * pauses. Meanwhile the services are not ready, and take up their work by themselves when it is back.
 */
final class PostgresKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresKeeper.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** A server that ran so long is not one that dies at every start. */
    private static final Duration STABLE = Duration.ofMinutes(1);

    private final PostgresOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closed = lock.newCondition();
    private EmbeddedPostgresServer server;
    private boolean closing;

    private PostgresKeeper(PostgresOptions options, EmbeddedPostgresServer server) {
        this.options = options;
        this.server = server;
    }

    /**
     * Starts a server and looks after it until closed.
     *
     * @throws ServerFailure if the first start fails; later ones are tried again
     */
    static PostgresKeeper start(PostgresOptions options) {
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(options);
        PostgresKeeper keeper = new PostgresKeeper(options.withPort(server.port()), server);
        Thread.ofVirtual().name("postgres-keeper").start(keeper::keep);
        return keeper;
    }

    /** The server that runs, or ran last; its port is always the same. */
    EmbeddedPostgresServer server() {
        lock.lock();
        try {
            return server;
        } finally {
            lock.unlock();
        }
    }

    private void keep() {
        int failures = 0;
        while (true) {
            EmbeddedPostgresServer watched = server();
            long began = System.nanoTime();
            watched.onExit().join();
            failures = System.nanoTime() - began > STABLE.toNanos() ? 0 : failures;
            while (watched == server()) {
                if (!pause(failures)) {
                    return;
                }
                replace(watched);
                failures++;
            }
        }
    }

    /** None before the first start. False if the hub is closing. */
    private boolean pause(int failures) {
        long ceiling = failures == 0 ? 0 : FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10);
        long left =
                Duration.ofMillis(Math.min(ceiling, LONGEST_PAUSE.toMillis())).toNanos();
        lock.lock();
        try {
            while (!closing && left > 0) {
                left = closed.awaitNanos(left);
            }
            return !closing;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock, so that closing waits for a start that is under way and ends what it started. */
    private void replace(EmbeddedPostgresServer dead) {
        lock.lock();
        try {
            if (closing) {
                return;
            }
            log.error(
                    "PostgreSQL (pid {}) has ended by itself; starting it again. Its log: {}",
                    dead.pid(),
                    dead.logFile());
            // Frees its directory.
            dead.close();
            server = EmbeddedPostgresServer.start(options);
        } catch (ServerFailure e) {
            log.error("PostgreSQL cannot be started again; it is tried on", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            closed.signalAll();
            server.close();
        } finally {
            lock.unlock();
        }
    }
}
