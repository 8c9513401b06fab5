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
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** The latest record of each key of the topics that placement writes. */
final class TopicReader implements AutoCloseable {
    private final Map<String, Optional<byte[]>> latest = new ConcurrentHashMap<>();
    private final CountDownLatch placed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean stopping;

    TopicReader(String servers) {
        this(servers, false);
    }

    private TopicReader(String servers, boolean onlyNew) {
        thread = Thread.ofPlatform().daemon().start(() -> read(servers, onlyNew));
    }

    /** Passes over what is on the topics now, which other tests left there. */
    static TopicReader fromNow(String servers) throws InterruptedException {
        TopicReader reader = new TopicReader(servers, true);
        reader.placed.await();
        return reader;
    }

    private void read(String servers, boolean onlyNew) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(Topics.CONTENT, Topics.TARGETS, Topics.INVENTORY).stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.topic()).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            if (onlyNew) {
                consumer.seekToEnd(partitions);
            } else {
                consumer.seekToBeginning(partitions);
            }
            // Seeking is lazy; asking for the position does it.
            partitions.forEach(consumer::position);
            placed.countDown();
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

    /** Whether the content is on the topic, or null if nothing is known of it yet. */
    @Nullable
    Boolean content(Digest digest) {
        Optional<byte[]> record = latest.get(Topics.CONTENT.topic() + "|" + digest.hex());
        return record == null ? null : record.isPresent();
    }

    /** Waits for a content and gives its bytes. */
    byte[] bytes(Digest digest) {
        String key = Topics.CONTENT.topic() + "|" + digest.hex();
        Replica.await(() -> latest.getOrDefault(key, Optional.empty()).isPresent());
        return latest.get(key).orElseThrow();
    }

    /** How many contents the topic has when it is compacted. */
    long contents() {
        return latest.entrySet().stream()
                .filter(record -> record.getKey().startsWith(Topics.CONTENT.topic() + "|")
                        && record.getValue().isPresent())
                .count();
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
