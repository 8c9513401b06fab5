package io.edgemc.bus.spring;

import io.edgemc.api.event.Topics;
import io.edgemc.bus.BusSettings;
import io.edgemc.bus.consume.EventConsumers;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.bus.publish.KafkaEventPublisher;
import io.edgemc.bus.topic.HubTopics;
import io.edgemc.bus.topic.TopicProvisioner;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The bus for a service that imports this class: a publisher, a maker of consumers, and the topics made at start.
 * Settings: {@code edge-mc.kafka.bootstrap-servers}, {@code edge-mc.bus.instance} (see {@link BusSettings}),
 * {@code edge-mc.bus.partitions} and {@code edge-mc.bus.replicas} of topics that have to be made. Consumers are beans
 * of type {@link io.edgemc.bus.consume.EventConsumer}.
 */
@Configuration(proxyBeanMethods = false)
public class BusConfiguration {

    @Bean
    BusSettings busSettings(
            @Value("${edge-mc.kafka.bootstrap-servers:${spring.kafka.bootstrap-servers:}}") String bootstrapServers,
            @Value("${spring.application.name:edge-mc}") String clientName,
            @Value("${edge-mc.bus.instance:}") String instance) {
        return BusSettings.of(bootstrapServers, clientName).withInstance(instance.isBlank() ? null : instance);
    }

    @Bean
    TopicsAtStart topicsAtStart(
            BusSettings settings,
            @Value("${edge-mc.bus.partitions:6}") int partitions,
            @Value("${edge-mc.bus.replicas:1}") int replicas) {
        return new TopicsAtStart(new TopicProvisioner(settings), HubTopics.specs(partitions, replicas));
    }

    @Bean
    EventPublisher eventPublisher(BusSettings settings) {
        return new KafkaEventPublisher(settings);
    }

    @Bean
    EventConsumers eventConsumers(
            BusSettings settings,
            EventPublisher publisher,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<Clock> clock) {
        return new EventConsumers(
                settings,
                publisher,
                Topics.DEAD_LETTERS.topic(),
                meters.getIfAvailable(SimpleMeterRegistry::new),
                clock.getIfAvailable(Clock::systemUTC));
    }
}
