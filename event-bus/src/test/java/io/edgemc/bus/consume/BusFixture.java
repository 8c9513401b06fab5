package io.edgemc.bus.consume;

import io.edgemc.bus.BusSettings;
import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.publish.KafkaEventPublisher;
import io.edgemc.bus.publish.OutgoingEvent;
import io.edgemc.servers.testing.TestKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** One topic, its dead letters, a publisher and consumers on the shared broker. */
final class BusFixture implements AutoCloseable {
    final String topic = TestKafka.uniqueName("events");
    final String deadLetters = TestKafka.uniqueName("dead-letters");
    final String fleetEvents = TestKafka.uniqueName("fleet-events");
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final KafkaEventPublisher publisher;
    private final EventConsumers consumers;
    private final List<EventConsumer> started = new ArrayList<>();

    BusFixture(int partitions) {
        TestKafka.createTopics(partitions, topic, deadLetters, fleetEvents);
        BusSettings settings = BusSettings.of(TestKafka.bootstrapServers(), "test");
        publisher = new KafkaEventPublisher(settings);
        consumers = new EventConsumers(settings, publisher, deadLetters, fleetEvents, meters, Clock.systemUTC());
    }

    static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }

    OutgoingEvent event(String key, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        return OutgoingEvent.of(topic, key, BusEvent.json(key + "/" + data, "test.v1", "/test", Instant.now(), bytes));
    }

    void publish(String... keys) {
        List<OutgoingEvent> events = new ArrayList<>();
        for (String key : keys) {
            events.add(event(key, "data of " + key));
        }
        publisher.publishAll(events).join();
    }

    EventConsumer start(Subscription subscription, BatchHandler handler) {
        return start(consumers.consumer(subscription, handler));
    }

    EventConsumer start(Subscription subscription, BatchHandler handler, Patience patience) {
        return start(consumers.consumer(subscription, handler, patience));
    }

    private EventConsumer start(EventConsumer consumer) {
        started.add(consumer);
        consumer.start();
        return consumer;
    }

    DeadLetterGauges deadLetterGauges() {
        return new DeadLetterGauges(
                BusSettings.of(TestKafka.bootstrapServers(), "test"),
                deadLetters,
                meters,
                Clock.systemUTC(),
                Duration.ofMillis(50));
    }

    double queue(String gauge, String queue) {
        return meters.get(gauge).tag("queue", queue).gauge().value();
    }

    Subscription shared() {
        return Subscription.shared(TestKafka.uniqueName("group"), topic);
    }

    @Override
    public void close() {
        started.forEach(EventConsumer::stop);
        publisher.close();
    }
}
