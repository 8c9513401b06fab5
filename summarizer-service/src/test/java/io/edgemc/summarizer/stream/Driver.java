package io.edgemc.summarizer.stream;

import io.edgemc.api.event.SummaryRow;
import io.edgemc.api.json.ApiJson;
import io.edgemc.bus.BusSettings;
import io.edgemc.servers.process.ScratchFolder;
import io.edgemc.summarizer.cluster.FormerData;
import io.edgemc.summarizer.contribution.DefinitionSet;
import io.edgemc.summarizer.definition.SummaryDefinition;
import io.edgemc.summarizer.expression.PathExpressions;
import io.edgemc.summarizer.wire.SummarizerTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology, driven record by record; keeps the rows as a reader of the public topic would. */
final class Driver implements AutoCloseable {
    static final SummarizerTopics TOPICS = SummarizerTopics.ofBus();
    private static final Duration KEEP_MARKS = Duration.ofHours(1);

    private final Map<String, SummaryRow> rows = new TreeMap<>();
    private final ScratchFolder folder = ScratchFolder.create("summarizer");
    private TopologyTestDriver driver;
    private TestOutputTopic<String, byte[]> summaries;
    private TestOutputTopic<byte[], byte[]> deadLetters;
    private int rowsWritten;

    Driver(List<SummaryDefinition> definitions) {
        start(definitions);
    }

    private void start(List<SummaryDefinition> definitions) {
        DefinitionSet set = new DefinitionSet(definitions, new PathExpressions(), (summary, column, failure) -> {});
        Properties properties = new Properties();
        StreamSettings settings =
                new StreamSettings("summaries", folder.path(), 1, 0, Duration.ofMillis(100), KEEP_MARKS);
        DeadLetterWriter writer =
                new DeadLetterWriter(TOPICS.deadLetters(), new SimpleMeterRegistry(), Clock.systemUTC());
        properties.putAll(StreamProperties.of(settings, BusSettings.of("none:1", "test"), writer));
        // The driver loses what an error handler sends in a transaction; the test on a real broker has transactions.
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        driver = new TopologyTestDriver(SummarizerTopology.build(TOPICS, set, 1, KEEP_MARKS), properties);
        summaries = driver.createOutputTopic(TOPICS.summaries(), new StringDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(
                TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Ends, and begins again with other definitions and the same stores, as after a restart. */
    void restart(List<SummaryDefinition> definitions) {
        Map<String, Map<Object, Object>> stores = new HashMap<>();
        for (String name : driver.getAllStateStores().keySet()) {
            stores.put(name, contents(store(name)));
        }
        driver.close();
        start(definitions);
        stores.forEach((name, entries) -> {
            KeyValueStore<Object, Object> store = store(name);
            entries.forEach(store::put);
        });
        // Commits, as a task that was restored has committed: the cache of a store that is closed with changes fails.
        pass(Duration.ofMillis(1));
    }

    /** As if a former version had left the data of a cluster that has one placement. */
    void asOfFormerVersion(String uid, String placement) {
        KeyValueStore<Object, Object> placements = store("placements");
        String key = uid + "|" + placement;
        store("sources").put(uid + "|", FormerData.placements(placements.get(key)));
        placements.delete(key);
        store("clusters").put(uid, FormerData.facts(store("clusters").get(uid)));
    }

    @SuppressWarnings("unchecked")
    private KeyValueStore<Object, Object> store(String name) {
        return (KeyValueStore<Object, Object>) driver.getAllStateStores().get(name);
    }

    private static Map<Object, Object> contents(KeyValueStore<Object, Object> store) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        try (KeyValueIterator<Object, Object> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Object, Object> next = all.next();
                entries.put(next.key, next.value);
            }
        }
        return entries;
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        TestInputTopic<byte[], byte[]> topic =
                driver.createInputTopic(record.topic(), new ByteArraySerializer(), new ByteArraySerializer());
        topic.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), record.timestamp()));
        take();
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
        take();
    }

    private void take() {
        for (TestRecord<String, byte[]> row : summaries.readRecordsToList()) {
            rowsWritten++;
            if (row.value() == null) {
                rows.remove(row.key());
            } else {
                rows.put(row.key(), ApiJson.MAPPER.readValue(row.value(), SummaryRow.class));
            }
        }
    }

    /** Rows of a summary: its group's values, and the columns. */
    Map<List<String>, Map<String, Object>> rows(String summary) {
        Map<List<String>, Map<String, Object>> found = new HashMap<>();
        for (SummaryRow row : rows.values()) {
            if (row.summary().equals(summary)) {
                found.put(List.copyOf(row.group().values()), row.values());
            }
        }
        return found;
    }

    int rowsWritten() {
        return rowsWritten;
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    /** How many entries all stores but those for marks hold. */
    long entries(String... stores) {
        List<Object> keys = new ArrayList<>();
        for (String name : stores) {
            keys.addAll(contents(store(name)).keySet());
        }
        return keys.size();
    }

    @Override
    public void close() {
        driver.close();
        folder.close();
    }
}
