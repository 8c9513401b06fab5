package io.edgemc.c2p.ledger;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, with jitter, on a thread of its own. For what time itself brings, never for what a commit does. */
public final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final String name;
    private final long millis;
    private final Runnable work;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** Starts at once; the first round comes after a pause. */
    public Rounds(String name, Duration every, Runnable work) {
        this.name = name;
        this.millis = every.toMillis();
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        try {
            while (!stop.await(millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1), TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("A round failed, the next one tries again: round={} cause={}", name, e.toString());
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        thread.join();
    }
}
