package io.edgemc.placement.desired;

import io.edgemc.kube.store.StoreException;
import io.edgemc.placement.space.EngineTask;
import io.edgemc.placement.space.SpaceEngine;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands tasks that failed for an outside reason to the engine again, after a pause: nobody else would ask for them. */
final class Retry {
    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SpaceEngine engine;
    private final ScheduledExecutorService delayed;

    /** @param delayed discards what it is given after its end */
    Retry(SpaceEngine engine, ScheduledExecutorService delayed) {
        this.engine = engine;
        this.delayed = delayed;
    }

    /** Returns at once. A task that the engine cannot process would fail for ever: it waits for the next start. */
    void later(EngineTask task, StoreException reason) {
        if (reason instanceof StoreException.Unavailable) {
            delayed.schedule(() -> engine.submit(task), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            LOG.error("{} is left for the next start: {}", task, reason.toString());
        }
    }
}
