package io.edgemc.syncer.life;

import io.edgemc.syncer.log.LogKeys;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a loop that handles the failures that it knows, and runs it again after any other: a process of which one loop is dead looks
 * healthy and does only half of its work. Each such death is said as an error; the wait before the next attempt grows, with jitter.
 */
public final class KeptRunning implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(KeptRunning.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(60);

    private final String name;
    private final Runnable loop;
    private final RandomGenerator random;
    private final StopSignal stop;

    /**
     * @param name of the loop, for the log
     * @param loop returns when it is time to end; what it keeps between two runs must survive an exception
     */
    public KeptRunning(String name, Runnable loop, RandomGenerator random, StopSignal stop) {
        this.name = name;
        this.loop = loop;
        this.random = random;
        this.stop = stop;
    }

    @Override
    public void run() {
        Duration pause = FIRST_PAUSE;
        while (!stop.isStopped()) {
            long began = System.nanoTime();
            try {
                loop.run();
                return;
            } catch (RuntimeException | Error e) {
                if (System.nanoTime() - began > LAST_PAUSE.toNanos()) {
                    pause = FIRST_PAUSE;
                }
                log.atError()
                        .setCause(e)
                        .addKeyValue("loop", name)
                        .addKeyValue(LogKeys.REASON, e.toString())
                        .log("a loop failed in a way that it does not know; it is started again");
                long half = pause.toMillis() / 2;
                stop.await(Duration.ofMillis(half + random.nextLong(half + 1)));
                pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
            }
        }
    }
}
