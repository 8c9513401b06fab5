package io.edgemc.bus.consume;

import java.util.List;

/**
 * What a consumer reads, and from where.
 *
 * @param name of the consumer: its group on the bus, its threads, its tag in metrics
 * @param start where reading begins
 * @param threads at most one per partition does work
 * @param maxBatch records per call of the handler, at most
 */
public record Subscription(String name, List<String> topics, Start start, int threads, int maxBatch) {
    /** Where reading begins. */
    public enum Start {
        /** After what the group has processed; a new group at the oldest record. Instances share the partitions. */
        COMMITTED,
        /** At the oldest record, at every start; every instance reads every partition. For state in memory. */
        BEGINNING
    }

    public Subscription {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a consumer has a name");
        }
        topics = List.copyOf(topics);
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("a consumer reads at least one topic");
        }
        if (threads < 1 || maxBatch < 1) {
            throw new IllegalArgumentException("threads and maxBatch are at least 1");
        }
    }

    /** Work shared among the instances of a service, durably. One thread, up to 1 000 records at a time. */
    public static Subscription shared(String name, String... topics) {
        return new Subscription(name, List.of(topics), Start.COMMITTED, 1, 1_000);
    }

    /** Everything, from the oldest record, for each instance. One thread, up to 1 000 records at a time. */
    public static Subscription replayed(String name, String... topics) {
        return new Subscription(name, List.of(topics), Start.BEGINNING, 1, 1_000);
    }

    public Subscription withThreads(int newThreads) {
        return new Subscription(name, topics, start, newThreads, maxBatch);
    }

    public Subscription withMaxBatch(int newMaxBatch) {
        return new Subscription(name, topics, start, threads, newMaxBatch);
    }
}
