package io.edgemc.bus.consume;

import static io.edgemc.bus.consume.BusFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.bus.publish.RecordPosition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PatienceTest {
    /** Longer than any stop may last. */
    private final Patience patience = new Patience(Duration.ofHours(1));

    @Test
    void aPatientConsumerTakesAtOnceWhatComesMeanwhile() {
        try (BusFixture bus = new BusFixture(1)) {
            // Given
            List<List<String>> batches = new CopyOnWriteArrayList<>();
            bus.start(
                    bus.shared().withPatience(Duration.ofSeconds(1)),
                    batch -> batches.add(
                            batch.events().stream().map(ReceivedEvent::key).toList()));

            // When six come at once
            List<CompletableFuture<RecordPosition>> sent = Stream.of("a", "b", "c", "d", "e", "f")
                    .map(key -> bus.publisher.publish(bus.event(key, "x")))
                    .toList();
            sent.forEach(CompletableFuture::join);

            // Then what came while the first was kept is one batch
            eventually()
                    .untilAsserted(() -> assertThat(batches.stream().flatMap(List::stream))
                            .containsExactly("a", "b", "c", "d", "e", "f"));
            assertThat(batches).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void patienceHasALimit() {
        Subscription subscription = Subscription.shared("c", "t");
        assertThatThrownBy(() -> subscription.withPatience(Duration.ofSeconds(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> subscription.withPatience(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSubscriptionKeepsItsPatience() {
        Subscription patient = Subscription.shared("c", "t").withPatience(Duration.ofMillis(20));
        assertThat(patient.withThreads(2).withMaxBatch(10).patience()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void whatComesIsKeptUntilAStopThatLosesNothing() {
        try (BusFixture bus = new BusFixture(1)) {
            // Given
            List<String> keys = new CopyOnWriteArrayList<>();
            EventConsumer consumer =
                    bus.start(bus.shared(), batch -> batch.events().forEach(event -> keys.add(event.key())), patience);
            bus.publish("a");
            eventually().until(patience::isAwaited);
            assertThat(keys).isEmpty();

            // When
            consumer.stop();

            // Then it was handled before the stop was over
            assertThat(keys).containsExactly("a");
            assertThat(patience.isAwaited()).isFalse();
        }
    }

    @Test
    void aConsumerThatIsStartedAgainIsPatientAgain() {
        try (BusFixture bus = new BusFixture(1)) {
            // Given
            EventConsumer consumer = bus.start(bus.shared(), batch -> {}, patience);
            consumer.stop();

            // When
            consumer.start();
            bus.publish("a");

            // Then
            eventually().until(patience::isAwaited);
        }
    }

    @Test
    void aConsumerIsAsPatientAsItsSubscription() {
        try (BusFixture bus = new BusFixture(1)) {
            // Given
            Subscription patient = bus.shared().withPatience(Duration.ofSeconds(1));
            KafkaEventConsumer consumer = (KafkaEventConsumer) bus.start(patient, batch -> {});

            // When, then
            eventually().until(() -> {
                // As often as it takes to see it, should this be slower than its second.
                bus.publish("a");
                return consumer.isWaiting();
            });
        }
    }

    @Test
    void withoutPatienceNothingIsKept() throws Exception {
        assertThat(new Patience(Duration.ZERO).await()).isFalse();
    }
}
