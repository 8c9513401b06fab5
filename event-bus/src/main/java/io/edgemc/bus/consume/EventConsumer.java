package io.edgemc.bus.consume;

import org.springframework.context.SmartLifecycle;

/**
 * A running reader of topics. As a Spring bean it starts and stops with the application; stopping waits for the batch
 * in hand. Thread-safe.
 */
public interface EventConsumer extends SmartLifecycle {
    /** The subscription's name. */
    String name();

    /** Whether it has caught up with what was there at its start. Never blocks. */
    Readiness readiness();
}
