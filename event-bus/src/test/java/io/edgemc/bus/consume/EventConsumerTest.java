package io.edgemc.bus.consume;

import static io.edgemc.bus.consume.BusFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.bus.publish.RecordPosition;
import io.edgemc.servers.testing.TestKafka;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventConsumerTest {

    @Test
    void whatIsPublishedArrivesInOrder() {
        try (BusFixture bus = new BusFixture(1)) {
            // Given
            List<String> keys = new CopyOnWriteArrayList<>();
            bus.start(bus.shared(), batch -> batch.events().forEach(event -> keys.add(event.key())));

            // When
            bus.publish("a", "b", "c");

            // Then
            eventually().untilAsserted(() -> assertThat(keys).containsExactly("a", "b", "c"));
        }
    }

    @Test
    void recordsOfOneClusterShareAPartition() {
        try (BusFixture bus = new BusFixture(6)) {
            // When
            RecordPosition report = bus.publisher
                    .publish(bus.event("uid-1|pods//a", "x").partitionedBy("uid-1"))
                    .join();
            RecordPosition other = bus.publisher
                    .publish(bus.event("uid-1|pods//b", "x").partitionedBy("uid-1"))
                    .join();
            RecordPosition byKey =
                    bus.publisher.publish(bus.event("uid-1", "x")).join();

            // Then
            assertThat(List.of(report.partition(), other.partition())).containsOnly(byKey.partition());
        }
    }

    @Test
    void aBatchThatFailsForAnOutsideReasonWaitsAndLosesNothing() {
        try (BusFixture bus = new BusFixture(1)) {
            // Given a database that comes back at the third attempt
            AtomicInteger attempts = new AtomicInteger();
            List<String> keys = new CopyOnWriteArrayList<>();
            bus.publish("a", "b");
            bus.start(bus.shared(), batch -> {
                if (attempts.incrementAndGet() < 3) {
                    throw new IllegalStateException(new SQLException("connection refused", "08001"));
                }
                batch.events().forEach(event -> keys.add(event.key()));
            });

            // When
            bus.publish("c");

            // Then
            eventually().untilAsserted(() -> assertThat(keys).containsExactly("a", "b", "c"));
            assertThat(bus.meters.find("edgemc.dead.letters").counter()).isNull();
        }
    }

    @Test
    void aSharedConsumerGoesOnWhereItsGroupWas() {
        try (BusFixture bus = new BusFixture(2)) {
            // Given
            Subscription subscription = bus.shared();
            List<String> first = new CopyOnWriteArrayList<>();
            bus.publish("a", "b");
            EventConsumer before =
                    bus.start(subscription, batch -> batch.events().forEach(event -> first.add(event.key())));
            eventually().untilAsserted(() -> assertThat(first).containsExactlyInAnyOrder("a", "b"));
            before.stop();
            bus.publish("c");

            // When
            List<String> second = new CopyOnWriteArrayList<>();
            bus.start(subscription, batch -> batch.events().forEach(event -> second.add(event.key())));

            // Then
            eventually().untilAsserted(() -> assertThat(second).containsExactly("c"));
        }
    }

    @Test
    void aReplayedConsumerReadsAllAtEveryStart() {
        try (BusFixture bus = new BusFixture(2)) {
            // Given
            Subscription subscription = Subscription.replayed(TestKafka.uniqueName("replay"), bus.topic);
            bus.publish("a", "b");
            List<String> first = new CopyOnWriteArrayList<>();
            List<String> second = new CopyOnWriteArrayList<>();

            // When
            bus.start(subscription, batch -> batch.events().forEach(event -> first.add(event.key())));
            bus.start(subscription, batch -> batch.events().forEach(event -> second.add(event.key())));

            // Then
            eventually().untilAsserted(() -> {
                assertThat(first).containsExactlyInAnyOrder("a", "b");
                assertThat(second).containsExactlyInAnyOrder("a", "b");
            });
        }
    }

    @Test
    void aConsumerIsReadyWhenItHasProcessedWhatWasThere() {
        try (BusFixture bus = new BusFixture(2)) {
            // Given
            bus.publish("a", "b");
            CountDownLatch entered = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            EventConsumer consumer = bus.start(bus.shared(), batch -> {
                entered.countDown();
                goOn.await();
            });
            eventually().until(() -> entered.getCount() == 0);
            assertThat(consumer.readiness().ready()).isFalse();
            assertThat(bus.meters
                            .get("edgemc.queue.age")
                            .tag("queue", consumer.name())
                            .gauge()
                            .value())
                    .isGreaterThanOrEqualTo(0);

            // When
            goOn.countDown();

            // Then
            eventually().until(() -> consumer.readiness().ready());
        }
    }

    @Test
    void aConsumerOfAnEmptyTopicIsReady() {
        try (BusFixture bus = new BusFixture(2)) {
            // When
            EventConsumer consumer = bus.start(bus.shared(), batch -> {});

            // Then
            eventually().until(() -> consumer.readiness().ready());
            consumer.stop();
            assertThat(consumer.readiness().ready()).isFalse();
        }
    }
}
