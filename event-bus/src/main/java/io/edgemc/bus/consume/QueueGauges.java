package io.edgemc.bus.consume;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** How much waits for a consumer, and how long the oldest of it has waited. Consumer threads write. */
final class QueueGauges {
    private final Clock clock;
    /** Per thread: the time of the oldest record in hand, in milliseconds. */
    private final ConcurrentMap<Thread, Long> oldestInHand = new ConcurrentHashMap<>();

    private final ConcurrentMap<TopicPartition, Long> lag = new ConcurrentHashMap<>();

    /** Whatever waits was written after this, in milliseconds. */
    private volatile long readUpTo;

    QueueGauges(Subscription subscription, MeterRegistry meters, Clock clock) {
        this.clock = clock;
        this.readUpTo = clock.millis();
        Gauge.builder("edgemc.queue.age", this, QueueGauges::ageSeconds)
                .description("Age of the oldest item that waits")
                .baseUnit("seconds")
                .tag("queue", subscription.name())
                .register(meters);
        Gauge.builder("edgemc.queue.size", this, QueueGauges::size)
                .description("Items that wait")
                .tag("queue", subscription.name())
                .register(meters);
    }

    /** A batch is in hand. */
    void taken(List<ConsumerRecord<String, byte[]>> records) {
        long oldest = Long.MAX_VALUE;
        long newest = 0;
        for (ConsumerRecord<String, byte[]> record : records) {
            oldest = Math.min(oldest, record.timestamp());
            newest = Math.max(newest, record.timestamp());
        }
        oldestInHand.put(Thread.currentThread(), oldest);
        readUpTo = newest;
    }

    void processed(Consumer<?, ?> consumer) {
        oldestInHand.remove(Thread.currentThread());
        for (TopicPartition partition : consumer.assignment()) {
            consumer.currentLag(partition).ifPresent(records -> lag.put(partition, records));
        }
    }

    void revoked(Collection<TopicPartition> partitions) {
        partitions.forEach(lag::remove);
    }

    void stopped() {
        oldestInHand.clear();
        lag.clear();
    }

    /** Of what is in hand, exactly; of what lies at the broker only that it is not older than what was read last. */
    private double ageSeconds() {
        long now = clock.millis();
        long oldest =
                oldestInHand.values().stream().mapToLong(Long::longValue).min().orElse(size() > 0 ? readUpTo : now);
        return Math.max(0, now - oldest) / 1_000.0;
    }

    private double size() {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }
}
