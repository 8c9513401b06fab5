package io.edgemc.c2p.view;

import io.edgemc.c2p.ledger.Ledger;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Forgets versions that no page or watch may ask for any more. */
final class Forgetting {
    private static final Duration KEEP = Duration.ofHours(1);

    private final Ledger ledger;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    Forgetting(Ledger ledger, JdbcTemplate jdbc, Clock clock) {
        this.ledger = ledger;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void forget() {
        Timestamp before = Timestamp.from(clock.instant().minus(KEEP));
        ledger.run(changes -> jdbc.update(
                "with old as (delete from object_version where superseded_on < ? returning superseded_at)"
                        + " update view_horizon set position = greatest(position, (select max(superseded_at) from old))",
                before));
    }
}
