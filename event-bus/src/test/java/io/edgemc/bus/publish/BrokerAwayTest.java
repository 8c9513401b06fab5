package io.edgemc.bus.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.edgemc.bus.BusSettings;
import io.edgemc.bus.consume.EventConsumer;
import io.edgemc.bus.consume.EventConsumers;
import io.edgemc.bus.consume.Subscription;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.topic.TopicProvisioner;
import io.edgemc.bus.topic.TopicSpec;
import io.edgemc.servers.kafka.EmbeddedKafkaServer;
import io.edgemc.servers.kafka.KafkaOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker that stops and comes back. */
@Tag("slow")
class BrokerAwayTest {
    private static final String TOPIC = "events";

    @TempDir
    Path folder;

    @Test
    void whatIsPublishedWhileTheBrokerIsAwayArrivesAfter() {
        EmbeddedKafkaServer broker = EmbeddedKafkaServer.start(KafkaOptions.fast(folder));
        int port = broker.port();
        BusSettings settings = BusSettings.of(broker.bootstrapServers(), "test")
                .withInstance("one")
                .withPublishTimeout(Duration.ofMinutes(1));
        new TopicProvisioner(settings)
                .provision(List.of(TopicSpec.compacted(TOPIC, 2, 1), TopicSpec.compacted("dead", 1, 1)));
        List<String> keys = new CopyOnWriteArrayList<>();
        try (KafkaEventPublisher publisher = new KafkaEventPublisher(settings)) {
            EventConsumer consumer = new EventConsumers(
                            settings, publisher, "dead", new SimpleMeterRegistry(), Clock.systemUTC())
                    .consumer(
                            Subscription.shared("group", TOPIC),
                            batch -> batch.events().forEach(event -> keys.add(event.key())));
            consumer.start();
            publisher.publish(event("before")).join();
            await().atMost(Duration.ofSeconds(30)).until(() -> keys.contains("before"));

            // Given
            broker.close();
            CompletableFuture<RecordPosition> during = publisher.publish(event("during"));
            assertThat(during).isNotDone();

            // When
            broker = EmbeddedKafkaServer.start(KafkaOptions.fast(folder).withPort(port));

            // Then
            during.join();
            publisher.publish(event("after")).join();
            await().atMost(Duration.ofSeconds(60)).until(() -> keys.containsAll(List.of("during", "after")));
            consumer.stop();
        } finally {
            broker.close();
        }
    }

    @Test
    void aBrokerThatStaysAwayIsSaidSo() {
        // Given an address where nothing listens
        BusSettings settings = BusSettings.of("127.0.0.1:1", "test").withPublishTimeout(Duration.ofSeconds(1));
        try (KafkaEventPublisher publisher = new KafkaEventPublisher(settings)) {
            // When / Then
            assertThatThrownBy(() -> publisher.publish(event("a")).join())
                    .cause()
                    .isInstanceOf(BusUnavailableException.class);
        }
    }

    private static OutgoingEvent event(String key) {
        return OutgoingEvent.of(TOPIC, key, BusEvent.json(key, "test.v1", "/test", Instant.now(), new byte[] {'1'}));
    }
}
