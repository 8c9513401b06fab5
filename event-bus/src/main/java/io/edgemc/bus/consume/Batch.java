package io.edgemc.bus.consume;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one poll brought, in order within each partition. Used by one thread. */
public final class Batch {
    private final List<ReceivedEvent> events;
    private final Map<ReceivedEvent, String> rejected = new LinkedHashMap<>();

    Batch(List<ReceivedEvent> events) {
        this.events = Collections.unmodifiableList(new ArrayList<>(events));
    }

    public List<ReceivedEvent> events() {
        return events;
    }

    /**
     * This event can never be processed: it goes to the dead letters when the handler returns, and the others go on.
     *
     * @param reason for people; nothing confidential
     */
    public void reject(ReceivedEvent event, String reason) {
        rejected.putIfAbsent(event, reason);
    }

    Map<ReceivedEvent, String> rejected() {
        return rejected;
    }
}
