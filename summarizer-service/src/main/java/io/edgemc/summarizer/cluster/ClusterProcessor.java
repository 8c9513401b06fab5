package io.edgemc.summarizer.cluster;

import io.edgemc.bus.event.CloudEventHeaders;
import io.edgemc.summarizer.contribution.DefinitionSet;
import io.edgemc.summarizer.group.Delta;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** A reader of one of the topics by cluster; all of them share the stores of their task. */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
class ClusterProcessor<V> implements Processor<String, V, String, Delta> {
    private static final String TRACEPARENT = CloudEventHeaders.PREFIX + "traceparent";

    private final DefinitionSet definitions;
    private final ContentCache contents;
    private final Input<V> input;
    private ProcessorContext<String, Delta> context;
    private ClusterLedger ledger;
    private Headers trace = new RecordHeaders();

    ClusterProcessor(DefinitionSet definitions, ContentCache contents, Input<V> input) {
        this.definitions = definitions;
        this.contents = contents;
        this.input = input;
    }

    /** What a record of one topic does. */
    @FunctionalInterface
    interface Input<V> {
        /** Throws {@link PoisonRecordException} before anything is changed. */
        void apply(ClusterLedger ledger, String key, @Nullable V value, long at);
    }

    @Override
    public void init(ProcessorContext<String, Delta> processorContext) {
        context = processorContext;
        ledger = new ClusterLedger(new ClusterStores(processorContext, contents), definitions, this::forward);
    }

    @Override
    public void process(Record<String, V> record) {
        String key = record.key();
        if (key == null || key.isEmpty()) {
            throw new PoisonRecordException("the record has no key");
        }
        trace = traceOf(record.headers());
        input.apply(ledger, key, record.value(), record.timestamp());
        trace = new RecordHeaders();
    }

    ClusterLedger ledger() {
        return ledger;
    }

    private void forward(Delta delta) {
        context.forward(new Record<>(delta.rowKey(), delta, Math.max(0, delta.at()), trace));
    }

    /** Of an input's headers only the trace goes on. */
    private static Headers traceOf(Headers headers) {
        RecordHeaders trace = new RecordHeaders();
        Header traceparent = headers.lastHeader(TRACEPARENT);
        if (traceparent != null) {
            trace.add(traceparent);
        }
        return trace;
    }
}
