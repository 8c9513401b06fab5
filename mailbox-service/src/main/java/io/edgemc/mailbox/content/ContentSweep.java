package io.edgemc.mailbox.content;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Removes contents that the hub gave up and that no mailbox needs: neither its target, nor what its edge holds (so that the edge
 * gets the difference from there), nor the steps that watches may look back at. What is still needed is looked at again after
 * another grace; a look costs what mailboxes need, in small steps, and is only made when something was given up.
 */
public final class ContentSweep {
    private final JdbcTemplate jdbc;
    private final ContentStore contents;
    private final Clock clock;
    private final Duration grace;

    /** @param grace how long contents stay after the hub gave them up, for targets and watches that are on their way */
    public ContentSweep(JdbcTemplate jdbc, ContentStore contents, Clock clock, Duration grace) {
        this.jdbc = jdbc;
        this.contents = contents;
        this.clock = clock;
        this.grace = grace;
    }

    /** Removes what is due and returns how many contents that were. */
    public int sweep() {
        Instant now = clock.instant();
        Instant before = now.minus(grace);
        boolean any = Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from content where doomed_at <= ?)", Boolean.class, Timestamp.from(before)));
        return any
                ? Objects.requireNonNull(
                        jdbc.execute((ConnectionCallback<Integer>) connection -> sweep(connection, before, now)))
                : 0;
    }

    private int sweep(Connection connection, Instant before, Instant now) throws SQLException {
        try (NeededContents needed = new NeededContents(connection, before)) {
            return new DoomedContents(connection, needed, contents::forget).remove(before, now);
        }
    }
}
