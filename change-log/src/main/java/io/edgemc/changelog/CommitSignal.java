package io.edgemc.changelog;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells everything in this process that follows the log that it grew. Thread-safe. */
public final class CommitSignal {
    private final String id = UUID.randomUUID().toString();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Tells this process's notifications from those of other replicas. */
    String id() {
        return id;
    }

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
