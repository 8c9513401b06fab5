package io.edgemc.summarizer.rows;

import io.edgemc.api.event.SummaryRow;
import io.edgemc.api.json.ApiJson;
import io.edgemc.bus.consume.Batch;
import io.edgemc.bus.consume.BatchHandler;
import io.edgemc.bus.consume.ReceivedEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * The query store: what the public topic says now, in memory. Every instance reads the whole topic, so every one answers every
 * question, however the work of computing rows is shared. One thread writes, any thread reads.
 */
public final class RowIndex implements BatchHandler {
    private static final TypeReference<Map<String, String>> COLUMNS = new TypeReference<>() {};

    private final ConcurrentMap<String, SummaryRows> bySummary = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, Long> nextOffset = new ConcurrentHashMap<>();
    private long sequence;

    @Override
    public void handle(Batch batch) {
        for (ReceivedEvent event : batch.events()) {
            try {
                take(event);
            } catch (JacksonException | IllegalArgumentException e) {
                batch.reject(event, "not a row of a summary: " + e.getClass().getSimpleName());
            }
        }
    }

    /** Records may be offered again, after a rebalance even from the first one on; each is taken once. */
    private void take(ReceivedEvent event) {
        if (event.offset() < nextOffset.getOrDefault(event.partition(), 0L)) {
            return;
        }
        String key = event.key();
        int bar = key.indexOf('|');
        if (bar < 1) {
            throw new IllegalArgumentException("the key names no summary");
        }
        byte[] json = event.event().data();
        Map<String, String> group = json == null
                ? ApiJson.MAPPER.readValue(key.substring(bar + 1), COLUMNS)
                : ApiJson.MAPPER.readValue(json, SummaryRow.class).group();
        String summary = key.substring(0, bar);
        Row row = new Row(summary, key, group, json, event.partition(), event.offset(), event.storedAt(), ++sequence);
        bySummary.computeIfAbsent(summary, unused -> new SummaryRows()).put(row);
        nextOffset.put(event.partition(), event.offset() + 1);
    }

    /** Names of the summaries that have or had rows. */
    Set<String> names() {
        return new TreeSet<>(bySummary.keySet());
    }

    Optional<SummaryRows> rows(String summary) {
        return Optional.ofNullable(bySummary.get(summary));
    }

    /** The rows of a summary, none yet if it has never had one. */
    SummaryRows rowsOrNew(String summary) {
        return bySummary.computeIfAbsent(summary, unused -> new SummaryRows());
    }

    /** Whether a reader that has seen a partition up to an offset has seen the topic that we see. */
    boolean knows(int partition, long next) {
        return next <= nextOffset.getOrDefault(partition, 0L);
    }

    void wakeAll() {
        bySummary.values().forEach(SummaryRows::wake);
    }

    /** All rows there are. */
    public long size() {
        return bySummary.values().stream().mapToLong(SummaryRows::size).sum();
    }
}
