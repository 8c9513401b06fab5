package io.edgemc.mailbox.report;

import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.event.Topics;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.publish.OutgoingEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lets the log of reports forget clusters that are gone: a compacted topic keeps what nobody takes back. Thread-safe. */
public final class DepartedReports {
    private static final String SOURCE = "/edge-mc/mailbox";

    private final JdbcTemplate jdbc;
    private final ReportLog log;
    private final Clock clock;

    public DepartedReports(JdbcTemplate jdbc, ReportLog log, Clock clock) {
        this.jdbc = jdbc;
        this.log = log;
        this.clock = clock;
    }

    /** Takes back every report of the clusters; must be called while their rows are still here. Repeating it is harmless. */
    public void takeBack(List<String> clusterUids) {
        for (String uid : clusterUids) {
            List<OutgoingEvent> tombstones = new ArrayList<>();
            jdbc.query(
                    "select object_key from reported where cluster_uid = ?",
                    row -> {
                        tombstones.add(tombstone(uid, uid + "|" + row.getString(1), EventTypes.OBJECT_REPORT));
                    },
                    uid);
            tombstones.add(tombstone(uid, ReportKeys.cluster(uid), EventTypes.CLUSTER_REPORT));
            log.forget(uid, tombstones);
        }
    }

    private OutgoingEvent tombstone(String uid, String key, String type) {
        return OutgoingEvent.of(
                        Topics.REPORTS.topic(),
                        key,
                        BusEvent.tombstone(UUID.randomUUID().toString(), type, SOURCE, clock.instant()))
                .partitionedBy(uid);
    }
}
