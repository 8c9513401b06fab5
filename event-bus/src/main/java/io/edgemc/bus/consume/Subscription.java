package io.edgemc.bus.consume;

import java.time.Duration;
import java.util.List;

/**
 * What a consumer reads, and from where.
 *
 * @param name of the consumer: its group on the bus, its threads, its tag in metrics
 * @param start where reading begins
 * @param threads at most one per partition does work
 * @param maxBatch records per call of the handler, at most
 * @param patience what comes is kept so long before it is handled, at most a second; for what nobody waits for: more is then handled at
 *     once, and those for whom somebody waits go first
 */
public record Subscription(
        String name, List<String> topics, Start start, int threads, int maxBatch, Duration patience) {
    private static final Duration GREATEST_PATIENCE = Duration.ofSeconds(1);

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
        if (patience.isNegative() || patience.compareTo(GREATEST_PATIENCE) > 0) {
            throw new IllegalArgumentException("patience is 0 to 1 s");
        }
    }

    /** Work shared among the instances of a service, durably. One thread, up to 1 000 records at a time. */
    public static Subscription shared(String name, String... topics) {
        return new Subscription(name, List.of(topics), Start.COMMITTED, 1, 1_000, Duration.ZERO);
    }

    /** Everything, from the oldest record, for each instance. One thread, up to 1 000 records at a time. */
    public static Subscription replayed(String name, String... topics) {
        return new Subscription(name, List.of(topics), Start.BEGINNING, 1, 1_000, Duration.ZERO);
    }

    public Subscription withThreads(int newThreads) {
        return new Subscription(name, topics, start, newThreads, maxBatch, patience);
    }

    public Subscription withMaxBatch(int newMaxBatch) {
        return new Subscription(name, topics, start, threads, newMaxBatch, patience);
    }

    public Subscription withPatience(Duration newPatience) {
        return new Subscription(name, topics, start, threads, maxBatch, newPatience);
    }
}
