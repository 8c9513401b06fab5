package io.edgemc.mailbox.delivery;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The steps that targets took, for watches that look back and for edges that return. Thread-safe. */
public final class TargetHistory {
    private final JdbcTemplate jdbc;
    private final Clock clock;

    public TargetHistory(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Forgets steps that are old, but for the last one of each mailbox. */
    public int forget(Duration after) {
        // One statement: a watch that still sees the horizon of before sees the rows of before as well.
        return jdbc.update(
                "with gone as (delete from target_history h where at < ? and last_position < "
                        + "(select max(last_position) from target_history n where n.cluster_uid = h.cluster_uid) "
                        + "returning last_position) update view_horizon set position = greatest(position, "
                        + "(select coalesce(max(last_position), 0) from gone))",
                Timestamp.from(clock.instant().minus(after)));
    }
}
