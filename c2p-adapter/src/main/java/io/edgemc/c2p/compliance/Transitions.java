package io.edgemc.c2p.compliance;

import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.Topics;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.bus.publish.OutgoingEvent;
import io.edgemc.changelog.ChangeBatch;
import io.edgemc.changelog.ChangePublisher;
import io.edgemc.changelog.ChangeSource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Transitions from their rows to the public topic; a row that changed twice is published once, with its latest word. */
final class Transitions implements ChangeSource<Transition>, ChangePublisher<Transition> {
    /** Name of the relay and of its cursor. */
    static final String RELAY = "compliance";

    private static final String SOURCE = "/edge-mc/compliance";
    private static final int BATCH = 500;
    private static final long TIMEOUT_SECONDS = 60;

    private final EventPublisher publisher;
    private final Clock clock;

    Transitions(EventPublisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public ChangeBatch<Transition> read(Connection connection, long after) throws SQLException {
        // What was gone before the cursor is published, and needs no row any more.
        try (PreparedStatement tidy =
                connection.prepareStatement("delete from transition where data is null and position <= ?")) {
            tidy.setLong(1, after);
            tidy.executeUpdate();
        }
        try (PreparedStatement read = connection.prepareStatement(
                "select key, position, data from transition where position > ? order by position limit " + BATCH)) {
            read.setLong(1, after);
            List<Transition> found = new ArrayList<>();
            try (ResultSet row = read.executeQuery()) {
                while (row.next()) {
                    found.add(new Transition(row.getString(1), row.getLong(2), row.getString(3)));
                }
            }
            long through = found.isEmpty() ? after : found.getLast().position();
            return new ChangeBatch<>(found, through, found.size() == BATCH);
        }
    }

    @Override
    public void publish(List<Transition> transitions) throws Exception {
        publisher.publishAll(transitions.stream().map(this::event).toList()).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private OutgoingEvent event(Transition transition) {
        String id = "compliance/" + transition.position();
        String data = transition.data();
        BusEvent event = data == null
                ? BusEvent.tombstone(id, EventTypes.COMPLIANCE_STATE, SOURCE, clock.instant())
                : BusEvent.json(
                        id,
                        EventTypes.COMPLIANCE_STATE,
                        SOURCE,
                        clock.instant(),
                        data.getBytes(StandardCharsets.UTF_8));
        return OutgoingEvent.of(Topics.COMPLIANCE.topic(), transition.key(), event);
    }
}
