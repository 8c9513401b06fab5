package io.edgemc.placement.wiring;

import io.edgemc.placement.postgres.Compaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the compaction every few minutes, with jitter so that replicas do not meet. */
final class Sweeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeping.class);
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final Compaction compaction;
    private final CountDownLatch stop = new CountDownLatch(1);

    Sweeping(Compaction compaction) {
        this.compaction = compaction;
        Thread.ofVirtual().name("compaction").start(this::run);
    }

    private void run() {
        try {
            while (!stop.await(
                    PAUSE.toMillis() + ThreadLocalRandom.current().nextLong(PAUSE.toMillis() / 2),
                    TimeUnit.MILLISECONDS)) {
                try {
                    compaction.run();
                } catch (SQLException failure) {
                    LOG.warn("the compaction failed, the next one takes what this one left", failure);
                }
            }
        } catch (InterruptedException stopped) {
            LOG.debug("the compaction was stopped");
        }
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
