package io.edgemc.bus.consume;

import io.edgemc.api.event.Topics;
import io.edgemc.bus.BusSettings;
import io.edgemc.bus.publish.EventPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/**
 * Makes consumers. Dead letters of all of them go to one topic and are told of on another, by the given publisher. Thread-safe.
 */
public final class EventConsumers {
    private final BusSettings settings;
    private final DeadLetters deadLetters;
    private final MeterRegistry meters;
    private final Clock clock;

    /** Dead letters are told of on the hub's public topic of events. */
    public EventConsumers(
            BusSettings settings, EventPublisher publisher, String deadLetterTopic, MeterRegistry meters, Clock clock) {
        this(settings, publisher, deadLetterTopic, Topics.EVENTS.topic(), meters, clock);
    }

    EventConsumers(
            BusSettings settings,
            EventPublisher publisher,
            String deadLetterTopic,
            String eventTopic,
            MeterRegistry meters,
            Clock clock) {
        this.settings = settings;
        this.deadLetters = new DeadLetters(publisher, deadLetterTopic, new DeadLetterEvents(eventTopic), meters, clock);
        this.meters = meters;
        this.clock = clock;
    }

    /** A consumer, not started. */
    public EventConsumer consumer(Subscription subscription, BatchHandler handler) {
        return consumer(subscription, handler, new Patience(subscription.patience()));
    }

    EventConsumer consumer(Subscription subscription, BatchHandler handler, Patience patience) {
        BatchDispatcher dispatcher = new BatchDispatcher(subscription.name(), handler, deadLetters);
        return new KafkaEventConsumer(
                settings, subscription, dispatcher, new QueueGauges(subscription, meters, clock), patience);
    }
}
