package io.edgemc.placement.wiring;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a piece of tidying every few minutes, with jitter so that replicas do not meet. */
final class Sweeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeping.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final Duration pause;
    private final Work work;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** One round; what it leaves undone, the next one does. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException, InterruptedException;
    }

    /** Starts at once; the first round comes after a pause. */
    Sweeping(String name, Duration pause, Work work) {
        this.name = name;
        this.pause = pause;
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        try {
            while (!stop.await(
                    pause.toMillis() + ThreadLocalRandom.current().nextLong(pause.toMillis() / 2 + 1),
                    TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException stopped) {
            LOG.debug("{} was stopped", name);
        }
    }

    private void round() throws InterruptedException {
        try {
            work.run();
        } catch (SQLException | RuntimeException failure) {
            if (stop.getCount() > 0) {
                LOG.warn("{} failed, the next round takes what this one left", name, failure);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        thread.interrupt();
        thread.join(STOP_LIMIT);
    }
}
