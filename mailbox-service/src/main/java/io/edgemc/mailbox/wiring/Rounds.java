package io.edgemc.mailbox.wiring;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that is done again and again, with jitter between the rounds. A round that fails is logged, and the next one comes. */
final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final String name;
    private final Duration every;
    private final Runnable work;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /** Starts at once; the first round comes after a pause. */
    Rounds(String name, Duration every, Runnable work) {
        this.name = name;
        this.every = every;
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        try {
            while (!stop.await(pause(), TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException e) {
            LOG.debug("{} ended", name);
        }
    }

    private void round() {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.warn("{} failed, the next round comes: {}", name, failure.toString());
        }
    }

    private long pause() {
        long millis = every.toMillis();
        return millis + ThreadLocalRandom.current().nextLong(millis / 4 + 1);
    }

    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        thread.join(Duration.ofSeconds(5));
        thread.interrupt();
    }
}
