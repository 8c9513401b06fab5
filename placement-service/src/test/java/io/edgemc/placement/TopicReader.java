package io.edgemc.placement;

import io.edgemc.api.content.Digest;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.target.Target;
import io.edgemc.api.target.TargetState;
import io.edgemc.placement.space.Replica;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The latest record of each key of the topics that placement writes. */
final class TopicReader implements AutoCloseable {
    private final Map<String, Optional<byte[]>> latest = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean stopping;

    TopicReader(String servers) {
        thread = Thread.ofPlatform().daemon().start(() -> read(servers));
    }

    private void read(String servers) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(Topics.CONTENT, Topics.TARGETS, Topics.INVENTORY).stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.topic()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopping) {
                consumer.poll(Duration.ofMillis(50))
                        .forEach(record ->
                                latest.put(record.topic() + "|" + record.key(), Optional.ofNullable(record.value())));
            }
        }
    }

    /** The latest target; empty if there is none yet. */
    Optional<Target> target(String cluster) {
        return latest.getOrDefault(Topics.TARGETS.topic() + "|" + cluster, Optional.empty())
                .map(json -> ApiJson.MAPPER.readValue(json, Target.class));
    }

    /** Waits for a target that holds something. */
    Target filledTarget(String cluster) {
        Replica.await(() -> target(cluster)
                .filter(target -> !target.state().equals(TargetState.EMPTY))
                .isPresent());
        return target(cluster).orElseThrow();
    }

    boolean hasContent(Digest digest) {
        String key = Topics.CONTENT.topic() + "|" + digest.hex();
        Replica.await(() -> latest.containsKey(key));
        return latest.get(key).isPresent();
    }

    boolean isGone(Topics topic, String key) {
        Optional<byte[]> record = latest.get(topic.topic() + "|" + key);
        return record != null && record.isEmpty();
    }

    @Override
    public void close() {
        stopping = true;
    }
}
