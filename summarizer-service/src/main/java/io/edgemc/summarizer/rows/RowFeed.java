package io.edgemc.summarizer.rows;

import io.edgemc.api.json.ApiJson;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * One reader's way through the changes of a summary: first all rows, or what changed since it was last here, then every change.
 * A row that changed several times meanwhile is told once, with its latest values. Used by one thread.
 */
public final class RowFeed {
    private static final int BATCH = 200;

    private final SummaryRows rows;
    private final String summary;
    private Position position;
    private boolean snapshot;
    private boolean resetPending;
    private boolean syncedTold;
    private long sequence;

    private RowFeed(String summary, SummaryRows rows, Position position, boolean reset) {
        this.summary = summary;
        this.rows = rows;
        this.position = position;
        this.snapshot = position.isStart();
        this.resetPending = reset;
    }

    /**
     * A feed from where the reader was.
     *
     * @param lastId id of the last event that the reader got, {@code ""} for a new one. One that is too old, or not of this
     *     topic, begins again: the reader is told to drop all rows
     */
    public static RowFeed open(RowIndex index, String summary, String lastId, Clock clock) {
        SummaryRows rows = index.rowsOrNew(summary);
        if (lastId.isEmpty()) {
            return new RowFeed(summary, rows, Position.START, false);
        }
        return Position.parse(lastId)
                .filter(position -> position.isStart()
                        || position.at().isAfter(clock.instant().minus(SummaryRows.KEEP_GONE)))
                .filter(position -> position.next().entrySet().stream()
                        .allMatch(seen -> index.knows(seen.getKey(), seen.getValue())))
                .map(position -> new RowFeed(summary, rows, position, false))
                .orElseGet(() -> new RowFeed(summary, rows, Position.START, true));
    }

    /** Something to tell the reader. */
    public record Event(String id, String type, byte[] data) {}

    /** The next events; waits for a change, not longer than given, and may then be empty. */
    public List<Event> next(Duration atMost) throws InterruptedException {
        List<Event> events = new ArrayList<>();
        if (resetPending) {
            resetPending = false;
            events.add(event("reset"));
        }
        List<Row> changes = rows.changesAfter(sequence, BATCH);
        if (changes.isEmpty() && syncedTold) {
            rows.awaitChange(sequence, atMost);
            changes = rows.changesAfter(sequence, BATCH);
        }
        for (Row row : changes) {
            tell(row, events);
        }
        if (!syncedTold && changes.size() < BATCH) {
            syncedTold = true;
            snapshot = false;
            events.add(event("synced"));
        }
        return events;
    }

    private void tell(Row row, List<Event> events) {
        sequence = row.sequence();
        boolean seen = position.hasSeen(row);
        if (!seen) {
            position = position.after(row);
        }
        byte[] json = row.json();
        if (seen || json == null && snapshot) {
            return;
        }
        events.add(json == null ? gone(row) : new Event(position.text(), "row", json));
    }

    private Event gone(Row row) {
        ObjectNode data = ApiJson.MAPPER.createObjectNode().put("summary", summary);
        data.set("group", ApiJson.MAPPER.valueToTree(row.group()));
        return new Event(position.text(), "gone", ApiJson.MAPPER.writeValueAsBytes(data));
    }

    private Event event(String type) {
        byte[] data = ApiJson.MAPPER.writeValueAsBytes(
                ApiJson.MAPPER.createObjectNode().put("summary", summary));
        return new Event(position.text(), type, data);
    }
}
