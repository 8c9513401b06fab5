package io.edgemc.bus.consume;

import io.edgemc.bus.event.CloudEventHeaders;
import io.edgemc.bus.event.MalformedEventException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a poll's records to the handler so that one bad record never stops the others: it is found, by halving the
 * batch where the handler cannot name it, and set aside.
 */
final class BatchDispatcher {
    private static final Logger log = LoggerFactory.getLogger(BatchDispatcher.class);
    private static final int FRAMES_LOGGED = 12;

    private final String consumer;
    private final BatchHandler handler;
    private final DeadLetters deadLetters;

    BatchDispatcher(String consumer, BatchHandler handler, DeadLetters deadLetters) {
        this.consumer = consumer;
        this.handler = handler;
        this.deadLetters = deadLetters;
    }

    /** Returns when every record is processed or is a dead letter; throws for outside reasons only. */
    void dispatch(List<ConsumerRecord<String, byte[]>> records) throws Exception {
        List<ReceivedEvent> events = new ArrayList<>(records.size());
        List<DeadLetter> letters = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                events.add(read(record));
            } catch (MalformedEventException e) {
                letters.add(DeadLetter.of(record, "not an event: " + e.getMessage()));
            }
        }
        offer(events, letters);
        deadLetters.write(consumer, letters);
    }

    private static ReceivedEvent read(ConsumerRecord<String, byte[]> record) {
        @Nullable String key = record.key();
        if (key == null) {
            throw new MalformedEventException("the record has no key");
        }
        return new ReceivedEvent(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                key,
                CloudEventHeaders.read(record));
    }

    private void offer(List<ReceivedEvent> events, List<DeadLetter> letters) throws Exception {
        if (events.isEmpty()) {
            return;
        }
        Batch batch = new Batch(events);
        try {
            handler.handle(batch);
            batch.rejected().forEach((event, reason) -> letters.add(DeadLetter.of(event, reason)));
        } catch (PoisonEventException e) {
            letters.add(DeadLetter.of(e.event(), e.reason()));
            offer(without(events, e), letters);
        } catch (Exception e) { // narrowed down, or thrown on
            if (FailureKind.of(e) == FailureKind.OUTSIDE) {
                throw e;
            }
            narrowDown(events, letters, e);
        }
    }

    private static List<ReceivedEvent> without(List<ReceivedEvent> events, PoisonEventException e) {
        List<ReceivedEvent> rest =
                events.stream().filter(event -> event != e.event()).toList();
        if (rest.size() == events.size()) {
            throw new IllegalStateException("the handler blames an event that was not in its batch", e);
        }
        return rest;
    }

    private void narrowDown(List<ReceivedEvent> events, List<DeadLetter> letters, Exception failure) throws Exception {
        if (events.size() == 1) {
            String cause = safeName(failure);
            log.error("An event makes its handler fail: consumer={} cause={} at={}", consumer, cause, where(failure));
            letters.add(DeadLetter.of(events.getFirst(), "the handler failed: " + cause));
            return;
        }
        int middle = events.size() / 2;
        offer(events.subList(0, middle), letters);
        offer(events.subList(middle, events.size()), letters);
    }

    private static String where(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .limit(FRAMES_LOGGED)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }

    /** Type and SQL state only: messages of foreign exceptions may quote data. */
    private static String safeName(Throwable failure) {
        StringBuilder names = new StringBuilder();
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 5; cause = cause.getCause(), depth++) {
            names.append(depth == 0 ? "" : " from ").append(cause.getClass().getSimpleName());
            if (cause instanceof SQLException sql) {
                names.append(" (SQL state ").append(sql.getSQLState()).append(')');
            }
        }
        return names.toString();
    }
}
