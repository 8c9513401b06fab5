package io.edgemc.summarizer.group;

import io.edgemc.api.event.EventTypes;
import io.edgemc.api.event.SummaryRow;
import io.edgemc.api.json.ApiJson;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.event.CloudEventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Makes a CloudEvent of each changed row, a tombstone of each row that went. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
final class RowEvents implements FixedKeyProcessor<String, @Nullable GroupState, byte[]> {
    static final String SOURCE = "/edge-mc/summarizer";
    private static final String TRACEPARENT = CloudEventHeaders.PREFIX + "traceparent";

    private FixedKeyProcessorContext<String, byte[]> context;

    @Override
    public void init(FixedKeyProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(FixedKeyRecord<String, @Nullable GroupState> record) {
        GroupState state = record.value();
        SummaryRow row = state == null ? null : state.row();
        Instant time = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        BusEvent event = row == null
                ? BusEvent.tombstone(id(), EventTypes.SUMMARY_ROW, SOURCE, time)
                : BusEvent.json(id(), EventTypes.SUMMARY_ROW, SOURCE, time, ApiJson.MAPPER.writeValueAsBytes(row));
        Header trace = record.headers().lastHeader(TRACEPARENT);
        if (trace != null) {
            event = event.withTraceparent(new String(trace.value(), StandardCharsets.UTF_8));
        }
        context.forward(record.withValue(event.data()).withHeaders(CloudEventHeaders.write(event)));
    }

    /** The position of the last difference that is in the row: the same row has the same id when it is sent again. */
    private String id() {
        return context.recordMetadata().map(RowEvents::position).orElse("start");
    }

    private static String position(RecordMetadata metadata) {
        return metadata.partition() + "-" + metadata.offset();
    }
}
