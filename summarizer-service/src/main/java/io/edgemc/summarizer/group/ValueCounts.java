package io.edgemc.summarizer.group;

import io.edgemc.summarizer.contribution.Measure;
import io.edgemc.summarizer.definition.AggregateType;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts how often each value occurs in a group, for aggregates that cannot be taken back from a number. One store entry for
 * each value: a group over ten thousand clusters costs one small write when one of them comes or goes.
 */
@SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
final class ValueCounts implements FixedKeyProcessor<String, Delta, GroupDelta> {
    static final String STORE = "values";

    /** Sorts before every character of a key's parts, so that no group's keys are a prefix of another's. */
    private static final char SEPARATOR = '\0';

    private static final char AFTER_SEPARATOR = '\1';

    private final StringSerializer keys = new StringSerializer();
    private FixedKeyProcessorContext<String, GroupDelta> context;
    private KeyValueStore<String, Long> counts;

    @Override
    public void init(FixedKeyProcessorContext<String, GroupDelta> processorContext) {
        context = processorContext;
        counts = processorContext.getStateStore(STORE);
    }

    @Override
    public void process(FixedKeyRecord<String, Delta> record) {
        Delta delta = record.value();
        Map<String, Long> distinct = new HashMap<>();
        Map<String, String> extremes = new HashMap<>();
        delta.totals().measures().forEach((column, measure) -> {
            if (!measure.values().isEmpty()) {
                String prefix = record.key() + SEPARATOR + delta.slot().version() + SEPARATOR + column;
                distinct.put(column, count(prefix + SEPARATOR, measure));
                AggregateType type = delta.columns().get(column);
                if (type == AggregateType.MIN) {
                    extremes.put(column, least(prefix + SEPARATOR));
                } else if (type == AggregateType.MAX) {
                    extremes.put(column, greatest(prefix));
                }
            }
        });
        context.forward(record.withValue(new GroupDelta(delta, distinct, extremes)));
    }

    /** How many more different values there are than before. */
    private long count(String prefix, Measure measure) {
        long more = 0;
        for (Map.Entry<String, Long> value : measure.values().entrySet()) {
            String key = prefix + value.getKey();
            Long stored = counts.get(key);
            long before = stored == null ? 0 : stored;
            long after = before + value.getValue();
            if (after == 0) {
                counts.delete(key);
            } else {
                counts.put(key, after);
            }
            more += (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
        }
        return more;
    }

    private String least(String prefix) {
        try (KeyValueIterator<String, Long> all = counts.prefixScan(prefix, keys)) {
            return firstPresent(all, prefix.length());
        }
    }

    private String greatest(String prefix) {
        try (KeyValueIterator<String, Long> all = counts.reverseRange(prefix + SEPARATOR, prefix + AFTER_SEPARATOR)) {
            return firstPresent(all, prefix.length() + 1);
        }
    }

    private static String firstPresent(KeyValueIterator<String, Long> all, int prefixLength) {
        while (all.hasNext()) {
            KeyValue<String, Long> next = all.next();
            if (next.value > 0) {
                return next.key.substring(prefixLength);
            }
        }
        return "";
    }
}
