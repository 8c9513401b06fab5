package io.edgemc.mailbox.report;

import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.bus.consume.Batch;
import io.edgemc.bus.consume.BatchHandler;
import io.edgemc.bus.consume.ReceivedEvent;
import io.edgemc.mailbox.report.order.ReportStep;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Takes reports from the bus, in the order of the log, and materializes them. */
public final class ReportIntake implements BatchHandler {
    private final ReportedObjects reported;
    private final SealedReports sealing;

    public ReportIntake(ReportedObjects reported, ReportLog log) {
        this.reported = reported;
        this.sealing = log.sealing();
    }

    @Override
    public void handle(Batch batch) {
        List<ReportStep> steps = new ArrayList<>();
        for (ReceivedEvent event : batch.events()) {
            try {
                ReportStep step = step(event);
                if (step != null) {
                    steps.add(step);
                }
            } catch (JacksonException | IllegalArgumentException | IllegalStateException | NullPointerException e) {
                batch.reject(event, "not a report: " + e.getClass().getSimpleName());
            }
        }
        reported.take(steps);
    }

    private @org.jspecify.annotations.Nullable ReportStep step(ReceivedEvent event) {
        String uid = ReportKeys.clusterOf(event.key());
        if (event.event().isTombstone()) {
            // Written by this service when a cluster is gone; its rows went before.
            return null;
        }
        if (event.event().type().equals(EventTypes.CLUSTER_REPORT)) {
            ClusterReport report = ApiJson.MAPPER.readValue(event.event().requireData(), ClusterReport.class);
            return new ReportStep.Fence(uid, report.epoch());
        }
        ObjectReport report = sealing.read(event.event());
        if (!report.clusterUid().equals(uid)
                || !ReportKeys.objectOf(event.key()).equals(report.key().text())) {
            throw new IllegalArgumentException("the key names another object than the report");
        }
        return new ReportStep.Seen(report);
    }
}
