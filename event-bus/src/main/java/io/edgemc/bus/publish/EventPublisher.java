package io.edgemc.bus.publish;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes events durably. Thread-safe. A future completes when all in-sync replicas have the record, in a thread of
 * the producer: continuations are short or go elsewhere. Order is kept per partition, and nothing is written twice by
 * a retry of the producer's own. A caller that publishes again after a failure may write an event twice: consumers are
 * idempotent.
 */
public interface EventPublisher extends AutoCloseable {

    /**
     * Hands one event over. Waits while too much is in flight, and at a topic's first event for its partitions.
     *
     * @return fails with {@link BusUnavailableException} when the broker did not take it in time, with
     *     {@link IllegalArgumentException} when it never will (too large, no such topic)
     */
    CompletableFuture<RecordPosition> publish(OutgoingEvent event);

    /** Hands events over in order; the future completes when all are durable and fails when one is not. */
    default CompletableFuture<Void> publishAll(List<OutgoingEvent> events) {
        CompletableFuture<?>[] sent = new CompletableFuture<?>[events.size()];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = publish(events.get(i));
        }
        return CompletableFuture.allOf(sent);
    }

    /** Waits for what is in flight, then ends the producer. Idempotent. */
    @Override
    void close();
}
