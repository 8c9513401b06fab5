package io.edgemc.changelog;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells everything in this process that follows the log that it grew. Thread-safe. */
public final class CommitSignal {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Calls {@code listener} after each commit, on the committing thread: it must return at once. */
    public AutoCloseable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** To be called after a commit, or when another replica may have committed. */
    public void committed() {
        for (Runnable listener : listeners) {
            listener.run();
        }
    }
}
