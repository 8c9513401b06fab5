package io.edgemc.bus.consume;

import static io.edgemc.bus.consume.BusFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.event.FleetEvent;
import io.edgemc.api.json.ApiJson;
import io.edgemc.servers.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeadLettersTest {

    static Stream<Arguments> waysToFail() {
        return Stream.of(
                Arguments.of(
                        "rejects",
                        (Failing) (batch, poison) -> batch.reject(poison, "no such cluster"),
                        "no such cluster"),
                Arguments.of(
                        "names it",
                        (Failing) (batch, poison) -> {
                            throw new PoisonEventException(poison, "no such cluster");
                        },
                        "no such cluster"),
                Arguments.of(
                        "breaks",
                        (Failing) (batch, poison) -> {
                            throw new IllegalArgumentException("canary-secret");
                        },
                        "the handler failed: IllegalArgumentException"),
                Arguments.of(
                        "a constraint says no",
                        (Failing) (batch, poison) -> {
                            throw new IllegalStateException(new SQLException("canary-secret", "23505"));
                        },
                        "the handler failed: IllegalStateException from SQLException (SQL state 23505)"));
    }

    @Test
    void howManyThereAreAndSinceWhenIsShown() throws Exception {
        try (BusFixture bus = new BusFixture(2);
                DeadLetterGauges gauges = bus.deadLetterGauges()) {
            // Given nothing wrong
            assertThat(bus.queue("edgemc.queue.size", "dead-letters")).isZero();
            assertThat(bus.queue("edgemc.queue.age", "dead-letters")).isZero();
            bus.start(bus.shared(), batch -> batch.events().forEach(event -> batch.reject(event, "never")));

            // When
            bus.publish("a", "b", "c");

            // Then
            eventually().untilAsserted(() -> {
                assertThat(bus.queue("edgemc.queue.size", "dead-letters")).isEqualTo(3);
                assertThat(bus.queue("edgemc.queue.age", "dead-letters")).isPositive();
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToFail")
    void onePoisonedRecordGoesToTheDeadLettersAndTheOthersGoOn(String name, Failing failing, String reason) {
        try (BusFixture bus = new BusFixture(1)) {
            // Given
            List<String> processed = new CopyOnWriteArrayList<>();
            List<ReceivedEvent> dead = new CopyOnWriteArrayList<>();
            List<ReceivedEvent> told = new CopyOnWriteArrayList<>();
            bus.publish("a", "b", "poison", "c", "d");
            EventConsumer consumer = bus.start(bus.shared(), batch -> {
                for (ReceivedEvent event : batch.events()) {
                    if (event.key().equals("poison")) {
                        failing.on(batch, event);
                    }
                }
                batch.events().stream()
                        .map(ReceivedEvent::key)
                        .filter(key -> !key.equals("poison"))
                        .forEach(processed::add);
            });

            // When
            bus.start(
                    Subscription.replayed(TestKafka.uniqueName("dead"), bus.deadLetters),
                    batch -> dead.addAll(batch.events()));

            bus.start(
                    Subscription.replayed(TestKafka.uniqueName("told"), bus.fleetEvents),
                    batch -> told.addAll(batch.events()));

            // Then
            eventually().untilAsserted(() -> {
                assertThat(processed).containsExactly("a", "b", "c", "d");
                assertThat(dead).hasSize(1);
                assertThat(told).hasSize(1);
            });
            FleetEvent event = ApiJson.MAPPER.readValue(told.getFirst().event().requireData(), FleetEvent.class);
            assertThat(event.type()).isEqualTo("dead-letter");
            assertThat(event.subject()).isEqualTo(bus.topic + "-0-2");
            assertThat(event.message()).isEqualTo(reason);
            assertThat(dead.getFirst().key()).isEqualTo("poison");
            assertThat(dead.getFirst().event().extensions())
                    .containsEntry("sourcetopic", bus.topic)
                    .containsEntry("sourcepartition", "0")
                    .containsEntry("sourceoffset", "2")
                    .containsEntry("originaltype", "test.v1")
                    .containsEntry("consumer", consumer.name())
                    .containsEntry("reason", reason);
            assertThat(dead.getFirst().event().requireData())
                    .isEqualTo("data of poison".getBytes(StandardCharsets.UTF_8));
            assertThat(bus.meters
                            .get("edgemc.dead.letters")
                            .tag("topic", bus.topic)
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aRecordThatIsNoEventIsADeadLetterToo() {
        try (BusFixture bus = new BusFixture(1)) {
            // Given
            List<String> processed = new CopyOnWriteArrayList<>();
            List<ReceivedEvent> dead = new CopyOnWriteArrayList<>();
            sendRaw(bus.topic, null, "no key and no headers");
            sendRaw(bus.topic, "k", "no headers");
            bus.publish("good");

            // When
            bus.start(bus.shared(), batch -> batch.events().forEach(event -> processed.add(event.key())));
            bus.start(
                    Subscription.replayed(TestKafka.uniqueName("dead"), bus.deadLetters),
                    batch -> dead.addAll(batch.events()));

            // Then
            eventually().untilAsserted(() -> {
                assertThat(processed).containsExactly("good");
                assertThat(dead)
                        .extracting(letter -> letter.event().extensions().get("reason"))
                        .containsExactlyInAnyOrder(
                                "not an event: the record has no key",
                                "not an event: the header ce_specversion is missing");
            });
        }
    }

    @SuppressWarnings("NullAway") // a record without a key is what the test is about
    private static void sendRaw(String topic, @org.jspecify.annotations.Nullable String key, String value) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", TestKafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** How a handler fails on an event. */
    interface Failing {
        void on(Batch batch, ReceivedEvent poison) throws Exception;
    }
}
