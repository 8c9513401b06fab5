package io.edgemc.bus.consume;

import io.edgemc.bus.BusSettings;
import io.edgemc.bus.consume.Subscription.Start;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * A consumer on spring-kafka's listener container. The container polls, keeps the membership alive while a batch is
 * retried, and commits after the handler returned; what is one record's fault never reaches it.
 */
final class KafkaEventConsumer implements EventConsumer {
    private static final Logger log = LoggerFactory.getLogger(KafkaEventConsumer.class);
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);

    private final Subscription subscription;
    private final BatchDispatcher dispatcher;
    private final QueueGauges gauges;
    private final Patience patience;
    private final CatchUp catchUp = new CatchUp();
    private final ConcurrentMessageListenerContainer<String, byte[]> container;

    KafkaEventConsumer(
            BusSettings settings,
            Subscription subscription,
            BatchDispatcher dispatcher,
            QueueGauges gauges,
            Patience patience) {
        this.subscription = subscription;
        this.dispatcher = dispatcher;
        this.gauges = gauges;
        this.patience = patience;
        ConsumerConfiguration configuration = ConsumerConfiguration.of(settings, subscription);
        this.container = new ConcurrentMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(
                        configuration.properties(), new StringDeserializer(), new ByteArrayDeserializer()),
                containerProperties(configuration));
        container.setBeanName(subscription.name());
        container.setConcurrency(subscription.threads());
        container.setCommonErrorHandler(new DefaultErrorHandler(backOff()));
        container.setApplicationEventPublisher(event -> {
            // Published in the consumer's own thread: its consumer may be asked.
            if (event instanceof ListenerContainerIdleEvent idle) {
                progressed(idle.getConsumer());
            }
        });
    }

    private ContainerProperties containerProperties(ConsumerConfiguration configuration) {
        ContainerProperties properties =
                new ContainerProperties(subscription.topics().toArray(String[]::new));
        properties.setGroupId(configuration.group());
        properties.setClientId(configuration.clientId());
        properties.setMessageListener(new Listener());
        properties.setConsumerRebalanceListener(new Partitions());
        properties.setPollTimeout(POLL_TIMEOUT.toMillis());
        properties.setIdleEventInterval(POLL_TIMEOUT.toMillis());
        // MANUAL without acknowledgements: a replayed topic has nothing to remember.
        properties.setAckMode(subscription.start() == Start.COMMITTED ? AckMode.BATCH : AckMode.MANUAL);
        // A lost commit costs a repetition, a waiting one costs every batch a round trip.
        properties.setSyncCommits(false);
        properties.setCommitCallback((offsets, failure) -> {
            if (failure != null) {
                log.warn("Offsets were not committed, events may come again: consumer={}", name(), failure);
            }
        });
        return properties;
    }

    /** For ever: the world comes back, and waiting loses nothing. */
    private static ExponentialBackOff backOff() {
        ExponentialBackOff backOff = new ExponentialBackOff(100, 2);
        backOff.setMaxInterval(5_000);
        backOff.setJitter(50);
        return backOff;
    }

    private void progressed(Consumer<?, ?> consumer) {
        catchUp.progressed(consumer);
        gauges.processed(consumer);
    }

    @Override
    public String name() {
        return subscription.name();
    }

    /** Whether something that came is kept for more that may come. */
    boolean isWaiting() {
        return patience.isAwaited();
    }

    @Override
    public Readiness readiness() {
        if (!container.isRunning()) {
            return new Readiness(false, "not running");
        }
        if (!container.isChildRunning()) {
            return new Readiness(false, "stopped by a failure; the log says which");
        }
        return new Readiness(catchUp.caughtUp(), catchUp.describe());
    }

    @Override
    public void start() {
        patience.begin();
        container.start();
    }

    @Override
    public void stop() {
        patience.end();
        container.stop();
        gauges.stopped();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    /** After what the handlers use and before the web server: a service answers when its readers run. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4_096;
    }

    private final class Listener implements BatchConsumerAwareMessageListener<String, byte[]> {
        @Override
        public void onMessage(List<ConsumerRecord<String, byte[]>> records, @Nullable Consumer<?, ?> consumer) {
            if (!records.isEmpty()) {
                gauges.taken(records);
                deliver(records);
            }
            progressed(Objects.requireNonNull(consumer));
        }

        private void deliver(List<ConsumerRecord<String, byte[]>> records) {
            try {
                if (patience.await()) {
                    log.debug("Stopping, so what came last does not wait: consumer={}", name());
                }
                dispatcher.dispatch(records);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new HandlerUnavailableException(name(), e);
            } catch (Exception e) { // as BatchHandler declares it; here only for outside reasons
                throw new HandlerUnavailableException(name(), e);
            }
        }
    }

    private final class Partitions implements ConsumerAwareRebalanceListener {
        @Override
        public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            if (subscription.start() == Start.BEGINNING) {
                partitions.forEach(
                        partition -> catchUp.next(partition).ifPresent(offset -> consumer.seek(partition, offset)));
            }
            catchUp.assigned(consumer, partitions);
        }

        @Override
        public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            lost(partitions);
        }

        @Override
        public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            lost(partitions);
        }

        private void lost(Collection<TopicPartition> partitions) {
            catchUp.revoked(partitions);
            gauges.revoked(partitions);
        }
    }
}
