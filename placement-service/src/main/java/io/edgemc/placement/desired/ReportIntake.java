package io.edgemc.placement.desired;

import io.edgemc.api.content.KeyRing;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.bus.consume.Batch;
import io.edgemc.bus.consume.BatchHandler;
import io.edgemc.bus.consume.ReceivedEvent;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.kube.store.StoreException;
import io.edgemc.placement.space.SpaceEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;

/** Reads reports from the bus into status, a batch at a time. */
public final class ReportIntake implements BatchHandler {
    private static final String KEY_ID = "edgemckeyid";
    private static final long LIMIT_SECONDS = 60;

    private final SpaceEngine engine;
    private final PlacementConsequences placement;
    private final KeyRing keys;

    public ReportIntake(SpaceEngine engine, PlacementConsequences placement, KeyRing keys) {
        this.engine = engine;
        this.placement = placement;
        this.keys = keys;
    }

    @Override
    public void handle(Batch batch) throws Exception {
        Map<String, ClusterReport> clusters = new HashMap<>();
        List<ObjectReport> objects = new ArrayList<>();
        for (ReceivedEvent received : batch.events()) {
            if (received.event().isTombstone()) {
                continue;
            }
            try {
                read(received.event(), clusters, objects);
            } catch (JacksonException | IllegalArgumentException | IllegalStateException unreadable) {
                batch.reject(received, "not a report: " + unreadable.getClass().getSimpleName());
            }
        }
        if (!clusters.isEmpty() || !objects.isEmpty()) {
            ReportsTask task = new ReportsTask(placement, clusters, objects);
            engine.submit(task);
            await(task);
        }
    }

    private static void await(ReportsTask task) throws Exception {
        try {
            task.done().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof StoreException.Invalid defect) {
                // The engine cannot take it in, however often it is tried: a dead letter, so that it blocks nobody.
                throw new IllegalArgumentException("the reports cannot be taken in", defect);
            }
            if (failure.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failure;
        }
    }

    private void read(BusEvent event, Map<String, ClusterReport> clusters, List<ObjectReport> objects) {
        switch (event.type()) {
            case EventTypes.CLUSTER_REPORT -> {
                ClusterReport report = ApiJson.MAPPER.readValue(plain(event), ClusterReport.class);
                clusters.merge(
                        report.clusterUid(),
                        report,
                        (one, other) -> one.isAfter(other.epoch(), other.sequence()) ? one : other);
            }
            case EventTypes.OBJECT_REPORT -> objects.add(ApiJson.MAPPER.readValue(plain(event), ObjectReport.class));
            default -> {
                // Additive changes of the topic are not our concern.
            }
        }
    }

    private byte[] plain(BusEvent event) {
        String keyId = event.extensions().get(KEY_ID);
        return keyId == null ? event.requireData() : keys.open(keyId, event.requireData());
    }
}
