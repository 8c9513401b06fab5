package io.edgemc.door.spring;

import org.springframework.context.SmartLifecycle;

/**
 * Ends the answers that would never end by themselves, watches above all, when a service stops: before its web server waits for
 * the requests at work. Writes are such requests and are waited for; a watch would be waited for until the limit, and its client
 * goes on where it was anyway.
 */
public final class EndlessAnswers implements SmartLifecycle {
    private final Runnable end;
    private volatile boolean running;

    /** @param end ends those that are open, and those that come after at once; called once, must not block */
    public EndlessAnswers(Runnable end) {
        this.end = end;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        end.run();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** There is no way back. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    /** Stopped first of all. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
