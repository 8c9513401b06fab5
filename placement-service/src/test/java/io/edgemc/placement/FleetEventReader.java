package io.edgemc.placement;

import io.edgemc.api.event.FleetEvent;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.placement.space.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The public events, as a consumer outside the hub reads them. */
final class FleetEventReader implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Told> told = new ArrayList<>();

    record Told(String key, FleetEvent event) {}

    FleetEventReader(String servers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS.topic()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Waits for an event of this type that passes; gives its key. */
    String keyOf(String type, Predicate<FleetEvent> which) {
        List<String> found = new ArrayList<>();
        Replica.await(() -> {
            consumer.poll(Duration.ofMillis(50))
                    .forEach(record -> told.add(
                            new Told(record.key(), ApiJson.MAPPER.readValue(record.value(), FleetEvent.class))));
            told.stream()
                    .filter(one -> one.event().type().equals(type) && which.test(one.event()))
                    .map(Told::key)
                    .forEach(found::add);
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    long count(String type, Predicate<FleetEvent> which) {
        return told.stream()
                .filter(one -> one.event().type().equals(type) && which.test(one.event()))
                .count();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
