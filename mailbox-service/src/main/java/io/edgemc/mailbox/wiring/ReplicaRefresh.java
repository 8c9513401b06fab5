package io.edgemc.mailbox.wiring;

import io.edgemc.changelog.CommitSignal;
import io.edgemc.changelog.Wakeup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Keeps what this process holds in memory up with the tables: after each commit, of this replica or another, every refreshable
 * part reads what moved. Woken, not timed; it looks by itself only rarely, in case a wake-up was lost.
 */
final class ReplicaRefresh implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaRefresh.class);
    private static final int SAFETY_POLL_SECONDS = 30;
    private static final int RETRY_MILLIS = 500;

    private final List<Runnable> parts;
    private final Wakeup wakeup = new Wakeup();
    private final AutoCloseable subscription;
    private final Thread thread;
    private volatile boolean stopped;

    /** Starts at once. */
    ReplicaRefresh(CommitSignal commits, List<Runnable> parts) {
        this.parts = List.copyOf(parts);
        this.subscription = commits.listen(wakeup::signal);
        this.thread = Thread.ofVirtual().name("replica-refresh").start(this::run);
    }

    private void run() {
        Duration pause = jittered(SAFETY_POLL_SECONDS * 1000);
        try {
            while (!stopped) {
                wakeup.await(pause);
                pause = refresh();
            }
        } catch (InterruptedException e) {
            LOG.debug("refreshing ended");
        }
    }

    private Duration refresh() {
        try {
            parts.forEach(Runnable::run);
            return jittered(SAFETY_POLL_SECONDS * 1000);
        } catch (DataAccessException away) {
            LOG.warn("cannot read what moved, will try again: {}", String.valueOf(away.getMessage()));
            return jittered(RETRY_MILLIS);
        } catch (RuntimeException failure) {
            LOG.error("reading what moved failed, will try again", failure);
            return jittered(SAFETY_POLL_SECONDS * 1000);
        }
    }

    private static Duration jittered(int millis) {
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextInt(millis / 2));
    }

    @Override
    public void close() throws Exception {
        stopped = true;
        subscription.close();
        thread.interrupt();
        thread.join();
    }
}
