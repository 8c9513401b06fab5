package io.edgemc.c2p.report;

import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.bus.consume.Batch;
import io.edgemc.bus.consume.BatchHandler;
import io.edgemc.bus.consume.ReceivedEvent;
import io.edgemc.c2p.normalise.ReportKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Takes reports from the bus. Those of other kinds are not even parsed: their key says what they are. */
public final class ReportIntake implements BatchHandler {
    private final Reports reports;

    public ReportIntake(Reports reports) {
        this.reports = reports;
    }

    @Override
    public void handle(Batch batch) {
        List<ReportEvent> events = new ArrayList<>();
        for (ReceivedEvent event : batch.events()) {
            try {
                ReportEvent read = read(event);
                if (read != null) {
                    events.add(read);
                }
            } catch (JacksonException | IllegalArgumentException | IllegalStateException | NullPointerException e) {
                batch.reject(event, "not a report: " + e.getClass().getSimpleName());
            }
        }
        reports.take(events, batch::reject);
    }

    private static @Nullable ReportEvent read(ReceivedEvent event) {
        String uid = ReportKeys.clusterOf(event.key());
        String object = ReportKeys.objectOf(event.key());
        boolean tombstone = event.event().isTombstone();
        if (object.isEmpty()) {
            return tombstone ? new ReportEvent.Parted(uid) : contact(uid, event);
        }
        ObjectKey key = ObjectKey.parse(object);
        if (!ReportKind.isReport(key)) {
            return tombstone ? null : new ReportEvent.Heard(uid, event.storedAt());
        }
        if (tombstone) {
            return new ReportEvent.Forgotten(uid, key);
        }
        ObjectReport report = ApiJson.MAPPER.readValue(event.event().requireData(), ObjectReport.class);
        if (!report.clusterUid().equals(uid) || !report.key().equals(key)) {
            throw new IllegalArgumentException("the key names another object than the report");
        }
        return new ReportEvent.Seen(report, event);
    }

    private static ReportEvent contact(String uid, ReceivedEvent event) {
        if (!event.event().type().equals(EventTypes.CLUSTER_REPORT)) {
            throw new IllegalArgumentException("not a cluster report");
        }
        ClusterReport report = ApiJson.MAPPER.readValue(event.event().requireData(), ClusterReport.class);
        if (!report.clusterUid().equals(uid)) {
            throw new IllegalArgumentException("the key names another cluster than the report");
        }
        return new ReportEvent.Contact(report);
    }
}
