package io.edgemc.summarizer.cluster;

import io.edgemc.api.event.EventTypes;
import io.edgemc.api.report.ClusterReport;
import io.edgemc.api.report.ObjectReport;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.event.CloudEventHeaders;
import io.edgemc.summarizer.wire.JsonSerde;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the two kinds of reports by the type of their event. */
final class ReportDeserializer implements Deserializer<Reported> {
    private final Deserializer<ObjectReport> objects = JsonSerde.deserializer(ObjectReport.class);
    private final Deserializer<ClusterReport> clusters = JsonSerde.deserializer(ClusterReport.class);

    @Override
    public @Nullable Reported deserialize(String topic, byte @Nullable [] data) {
        throw new SerializationException("the type of a report is in its headers");
    }

    @Override
    public @Nullable Reported deserialize(String topic, Headers headers, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (BusEvent.BYTES.equals(text(headers, CloudEventHeaders.CONTENT_TYPE))) {
            return new Reported.Sealed();
        }
        String type = text(headers, CloudEventHeaders.PREFIX + "type");
        return switch (type) {
            case EventTypes.OBJECT_REPORT -> new Reported.OfObject(objects.deserialize(topic, data));
            case EventTypes.CLUSTER_REPORT -> new Reported.OfCluster(clusters.deserialize(topic, data));
            default -> throw new SerializationException("'" + type + "' is not a type of report");
        };
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
