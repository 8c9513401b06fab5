package io.edgemc.bus.consume;

/**
 * Processes events. Must be idempotent: after a crash, a rebalance or a failure, events come again, possibly in other
 * batches. With several threads it is called concurrently, for different partitions.
 */
@FunctionalInterface
public interface BatchHandler {
    /**
     * Returns when everything is durable; only then the batch counts as consumed.
     *
     * @throws PoisonEventException one event is to blame; the rest is offered again without it
     * @throws Exception for an outside reason (see {@link FailureKind}) the batch is offered again after a pause, for
     *     as long as it takes; any other failure is narrowed down to the events that cause it
     */
    void handle(Batch batch) throws Exception;
}
