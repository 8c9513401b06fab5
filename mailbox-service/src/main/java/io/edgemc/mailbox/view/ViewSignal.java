package io.edgemc.mailbox.view;

import io.edgemc.mailbox.postbox.Ledger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/** Tells views that the tables moved on, after memory was brought up with them. Thread-safe. */
public final class ViewSignal {
    private final Ledger ledger;
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

    public ViewSignal(Ledger ledger) {
        this.ledger = ledger;
    }

    long position() {
        return ledger.position();
    }

    AutoCloseable listen(LongConsumer listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** To be called when something may have moved; costs nothing if nobody watches. */
    public void moved() {
        if (!listeners.isEmpty()) {
            long position = position();
            listeners.forEach(listener -> listener.accept(position));
        }
    }
}
