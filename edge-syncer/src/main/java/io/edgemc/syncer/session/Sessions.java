package io.edgemc.syncer.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The session of the moment, if there is one. Thread-safe. */
public final class Sessions {
    private final List<Runnable> listeners = new ArrayList<>();
    private @Nullable Session current;

    /** Runs at every change; registered before the first. */
    public synchronized void onChange(Runnable listener) {
        listeners.add(listener);
    }

    public synchronized Optional<Session> current() {
        return Optional.ofNullable(current);
    }

    synchronized void set(@Nullable Session session) {
        current = session;
        notifyAll();
        listeners.forEach(Runnable::run);
    }

    /** Waits for a session. */
    public synchronized Session await() throws InterruptedException {
        while (true) {
            Session open = current;
            if (open != null) {
                return open;
            }
            wait();
        }
    }
}
