package io.edgemc.placement;

import io.edgemc.api.content.Digest;
import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectException;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.api.report.Origin;
import io.edgemc.api.target.Target;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.publish.OutgoingEvent;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Reports as mailbox-service puts them on the bus. */
final class ReportEvents {
    private ReportEvents() {}

    static ObjectException exception(Digest decision) {
        return new ObjectException(
                new ObjectKey("", "configmaps", "default", "page"),
                "invalid",
                "no",
                false,
                decision,
                Instant.now().toString());
    }

    static OutgoingEvent clusterReport(String uid, long sequence, Target held) {
        return clusterReport(uid, sequence, held, List.of());
    }

    static OutgoingEvent clusterReport(String uid, long sequence, Target held, List<ObjectException> exceptions) {
        return clusterReport(uid, sequence, held, exceptions, true);
    }

    static OutgoingEvent silent(String uid, long sequence, Target held) {
        return clusterReport(uid, sequence, held, List.of(), false);
    }

    static OutgoingEvent clusterReport(
            String uid, long sequence, Target held, List<ObjectException> exceptions, boolean heard) {
        ClusterReport report = new ClusterReport(
                uid,
                1,
                sequence,
                heard,
                !heard,
                Instant.now().toString(),
                held.revision(),
                held.state(),
                exceptions,
                "0.1",
                "v1.36.3",
                "");
        return event(ReportKeys.cluster(uid), uid, EventTypes.CLUSTER_REPORT, ApiJson.MAPPER.writeValueAsBytes(report));
    }

    static OutgoingEvent objectReport(String uid) {
        ObjectKey key = new ObjectKey("", "configmaps", "default", "page");
        ObjectNode object = ApiJson.MAPPER.createObjectNode();
        object.put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("status").put("seen", true);
        ObjectReport report = new ObjectReport(
                uid,
                1,
                2,
                key,
                Origin.DOWNSYNC,
                1,
                "00",
                false,
                object,
                Instant.now().toString(),
                "");
        return event(
                ReportKeys.object(uid, key), uid, EventTypes.OBJECT_REPORT, ApiJson.MAPPER.writeValueAsBytes(report));
    }

    static OutgoingEvent event(String key, String uid, String type, byte[] data) {
        return OutgoingEvent.of(
                        Topics.REPORTS.topic(), key, BusEvent.json(key + type, type, "/test", Instant.now(), data))
                .partitionedBy(uid);
    }
}
