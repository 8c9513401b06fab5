package io.edgemc.bus.consume;

import io.edgemc.bus.BusSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many dead letters lie in their topic, and how old the oldest is: {@code edgemc.queue.size} and {@code .age} with {@code
 * queue="dead-letters"}. They leave it when an operator deletes the records, or with the topic's retention. Looks now and then; what it
 * shows is as old as that.
 */
public final class DeadLetterGauges implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DeadLetterGauges.class);
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final String QUEUE = "dead-letters";

    private final String topic;
    private final Duration every;
    private final Admin admin;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile Letters letters = new Letters(0, 0);

    /** @param oldestMillis time of the oldest, 0 if there is none */
    private record Letters(long count, long oldestMillis) {}

    /** Starts at once. */
    public DeadLetterGauges(BusSettings settings, String topic, MeterRegistry meters, Clock clock, Duration every) {
        this.topic = topic;
        this.every = every;
        Map<String, Object> properties = new HashMap<>();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, settings.clientName() + "-dead-letters");
        properties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        properties.putAll(settings.client());
        this.admin = Admin.create(properties);
        Gauge.builder("edgemc.queue.age", this, gauges -> gauges.ageSeconds(clock.millis()))
                .description("Age of the oldest item that waits")
                .baseUnit("seconds")
                .tag("queue", QUEUE)
                .register(meters);
        Gauge.builder("edgemc.queue.size", this, gauges -> gauges.letters.count())
                .description("Items that wait")
                .tag("queue", QUEUE)
                .register(meters);
        this.thread = Thread.ofVirtual().name("dead-letter-gauges").start(this::run);
    }

    private double ageSeconds(long nowMillis) {
        long oldest = letters.oldestMillis();
        return oldest == 0 ? 0 : Math.max(0, nowMillis - oldest) / 1_000.0;
    }

    private void run() {
        try {
            do {
                look();
            } while (!stop.await(
                    every.toMillis() + ThreadLocalRandom.current().nextLong(every.toMillis() / 4 + 1),
                    TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            log.debug("The dead letters are no longer looked at");
        }
    }

    private void look() throws InterruptedException {
        try {
            Map<TopicPartition, OffsetSpec> first = new HashMap<>();
            Map<TopicPartition, OffsetSpec> last = new HashMap<>();
            TopicDescription described = Objects.requireNonNull(
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
            described.partitions().forEach(one -> {
                // Of the first record the broker tells the time only if it is asked by time.
                first.put(new TopicPartition(topic, one.partition()), OffsetSpec.forTimestamp(0));
                last.put(new TopicPartition(topic, one.partition()), OffsetSpec.latest());
            });
            letters = letters(
                    admin.listOffsets(first).all().get(),
                    admin.listOffsets(last).all().get());
        } catch (ExecutionException e) {
            log.debug("The dead letters cannot be looked at now: {}", String.valueOf(e.getCause()));
        }
    }

    private static Letters letters(
            Map<TopicPartition, ListOffsetsResultInfo> first, Map<TopicPartition, ListOffsetsResultInfo> last) {
        long count = 0;
        long oldest = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> one : first.entrySet()) {
            ListOffsetsResultInfo begin = one.getValue();
            ListOffsetsResultInfo end = last.get(one.getKey());
            if (begin.offset() >= 0 && end != null) {
                count += end.offset() - begin.offset();
                oldest = oldest == 0 ? begin.timestamp() : Math.min(oldest, begin.timestamp());
            }
        }
        return new Letters(count, oldest);
    }

    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        thread.interrupt();
        thread.join();
        admin.close(Duration.ofSeconds(5));
    }
}
