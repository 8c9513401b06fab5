package io.edgemc.bus.consume;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** How much waits for a consumer, and how long the oldest of it has waited. Consumer threads write. */
final class QueueGauges {
    private final Clock clock;
    /** Per thread: the time of the oldest record in hand, in milliseconds. */
    private final ConcurrentMap<Thread, Long> oldestInHand = new ConcurrentHashMap<>();

    private final ConcurrentMap<TopicPartition, Long> lag = new ConcurrentHashMap<>();

    QueueGauges(Subscription subscription, MeterRegistry meters, Clock clock) {
        this.clock = clock;
        Gauge.builder("edgemc.queue.age", this, QueueGauges::ageSeconds)
                .description("Age of the oldest item, in seconds")
                .tag("queue", subscription.name())
                .register(meters);
        Gauge.builder("edgemc.queue.size", this, QueueGauges::size)
                .description("Items that wait")
                .tag("queue", subscription.name())
                .register(meters);
    }

    void taken(long oldestTimestampMillis) {
        oldestInHand.put(Thread.currentThread(), oldestTimestampMillis);
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

    private double ageSeconds() {
        long now = clock.millis();
        return oldestInHand.values().stream()
                .mapToDouble(oldest -> Math.max(0, now - oldest) / 1_000.0)
                .max()
                .orElse(0);
    }

    private double size() {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }
}
