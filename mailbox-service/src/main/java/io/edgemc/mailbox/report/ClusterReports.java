package io.edgemc.mailbox.report;

import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.target.TargetState;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.bus.publish.OutgoingEvent;
import io.edgemc.changelog.ChangeBatch;
import io.edgemc.changelog.ChangePublisher;
import io.edgemc.changelog.ChangeSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.type.TypeReference;

/**
 * What is known of clusters as a whole, from the mailbox rows to the bus. The rows are their own outbox: a row that changed is
 * published once with its latest state.
 */
public final class ClusterReports implements ChangeSource<ClusterReport>, ChangePublisher<ClusterReport> {
    /** Name of the relay and of its cursor. */
    public static final String RELAY = "cluster-reports";

    private static final String SOURCE = "/edge-mc/mailbox";
    private static final int BATCH = 500;
    private static final long TIMEOUT_SECONDS = 60;
    private static final String READ = "select cluster_uid, epoch, report_sequence, connected, stale, last_seen, "
            + "applied_revision, applied_state, exceptions, syncer_version, kubernetes_version, report_trace, report_position, "
            + "more_exceptions from mailbox where report_position > ? order by report_position limit " + BATCH;

    private final EventPublisher publisher;
    private final Clock clock;

    public ClusterReports(EventPublisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public ChangeBatch<ClusterReport> read(Connection connection, long after) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(READ)) {
            read.setLong(1, after);
            List<ClusterReport> reports = new ArrayList<>();
            long through = after;
            try (ResultSet row = read.executeQuery()) {
                while (row.next()) {
                    reports.add(report(row));
                    through = row.getLong(13);
                }
            }
            return new ChangeBatch<>(reports, through, reports.size() == BATCH);
        }
    }

    @Override
    public void publish(List<ClusterReport> reports) throws Exception {
        publisher.publishAll(reports.stream().map(this::event).toList()).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private OutgoingEvent event(ClusterReport report) {
        BusEvent event = BusEvent.json(
                        report.clusterUid() + "/" + report.epoch() + "/c" + report.sequence(),
                        EventTypes.CLUSTER_REPORT,
                        SOURCE,
                        clock.instant(),
                        ApiJson.MAPPER.writeValueAsBytes(report))
                .withTraceparent(report.traceparent().isEmpty() ? null : report.traceparent());
        return OutgoingEvent.of(Topics.REPORTS.topic(), ReportKeys.cluster(report.clusterUid()), event)
                .partitionedBy(report.clusterUid());
    }

    private static ClusterReport report(ResultSet row) throws SQLException {
        Timestamp lastSeen = row.getTimestamp(6);
        String applied = row.getString(8);
        int more = row.getInt(14);
        return new ClusterReport(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getBoolean(4),
                row.getBoolean(5),
                lastSeen == null ? null : lastSeen.toInstant().toString(),
                row.getLong(7),
                applied == null ? null : TargetState.parse(applied),
                ApiJson.MAPPER.readValue(row.getString(9), new TypeReference<List<ObjectException>>() {}),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                more == 0 ? null : Integer.valueOf(more));
    }
}
