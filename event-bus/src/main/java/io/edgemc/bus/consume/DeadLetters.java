package io.edgemc.bus.consume;

import io.edgemc.bus.event.BusEvent;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.bus.publish.OutgoingEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what cannot be processed to the topic of dead letters, with where it came from and why. Thread-safe. */
final class DeadLetters {
    static final String TYPE = "io.edgemc.dead-letter.v1";
    static final String TOPIC = "sourcetopic";
    static final String PARTITION = "sourcepartition";
    static final String OFFSET = "sourceoffset";
    static final String REASON = "reason";
    static final String CONSUMER = "consumer";
    static final String ORIGINAL_TYPE = "originaltype";
    static final String ORIGINAL_ID = "originalid";

    private static final int LONGEST_REASON = 1_000;
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final EventPublisher publisher;
    private final String topic;
    private final DeadLetterEvents events;
    private final MeterRegistry meters;
    private final Clock clock;

    DeadLetters(EventPublisher publisher, String topic, DeadLetterEvents events, MeterRegistry meters, Clock clock) {
        this.publisher = publisher;
        this.topic = topic;
        this.events = events;
        this.meters = meters;
        this.clock = clock;
    }

    /** Returns when all are durable: only then their sources may be committed. */
    void write(String consumer, List<DeadLetter> letters) throws ExecutionException, InterruptedException {
        if (letters.isEmpty()) {
            return;
        }
        publisher
                .publishAll(letters.stream()
                        .flatMap(letter ->
                                Stream.of(outgoing(consumer, letter), events.of(consumer, letter, clock.instant())))
                        .toList())
                .get();
        for (DeadLetter letter : letters) {
            log.warn(
                    "A record was moved to the dead letters: consumer={} topic={} partition={} offset={} reason={}",
                    consumer,
                    letter.topic(),
                    letter.partition(),
                    letter.offset(),
                    letter.reason());
            counter(consumer, letter.topic()).increment();
        }
    }

    private OutgoingEvent outgoing(String consumer, DeadLetter letter) {
        String origin = letter.topic() + "-" + letter.partition() + "-" + letter.offset();
        Map<String, String> extensions = new HashMap<>();
        extensions.put(TOPIC, letter.topic());
        extensions.put(PARTITION, Integer.toString(letter.partition()));
        extensions.put(OFFSET, Long.toString(letter.offset()));
        extensions.put(REASON, shortened(letter.reason()));
        extensions.put(CONSUMER, consumer);
        if (letter.originalType() != null) {
            extensions.put(ORIGINAL_TYPE, letter.originalType());
        }
        if (letter.originalId() != null) {
            extensions.put(ORIGINAL_ID, letter.originalId());
        }
        BusEvent event = new BusEvent(
                origin,
                TYPE,
                "/edge-mc/" + consumer,
                letter.topic(),
                clock.instant(),
                letter.traceparent(),
                letter.data() == null ? null : Objects.requireNonNullElse(letter.contentType(), BusEvent.BYTES),
                extensions,
                letter.data());
        String key = letter.key();
        return OutgoingEvent.of(topic, key == null || key.isBlank() ? origin : key, event);
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }

    private Counter counter(String consumer, String sourceTopic) {
        return Counter.builder("edgemc.dead.letters")
                .description("Records that could not be processed")
                .tag("consumer", consumer)
                .tag("topic", sourceTopic)
                .register(meters);
    }
}
