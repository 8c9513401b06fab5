package io.edgemc.mailbox.delivery;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Targets that connected edges have not acknowledged yet. An edge that is away is no backlog of the hub; it shows as stale. Read from
 * the table when asked. Thread-safe.
 */
public final class Undelivered {
    private static final String WAITING = " from mailbox where connected and applied_revision < target_revision";

    private final JdbcTemplate jdbc;
    private final Clock clock;

    public Undelivered(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public long count() {
        Long count = jdbc.queryForObject("select count(*)" + WAITING, Long.class);
        return count == null ? 0 : count;
    }

    /** How long ago the write was that waits the longest, in seconds; 0 if none waits. */
    public double oldestSeconds() {
        Timestamp at =
                jdbc.queryForObject("select min(coalesce(target_written_at, target_at))" + WAITING, Timestamp.class);
        Instant now = clock.instant();
        return at == null || at.toInstant().isAfter(now)
                ? 0
                : Duration.between(at.toInstant(), now).toMillis() / 1_000.0;
    }
}
