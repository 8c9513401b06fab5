package io.edgemc.summarizer.fleet;

import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.event.Topics;
import io.edgemc.bus.publish.Partitioning;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to a real broker what the other services would; reports are partitioned by cluster uid. */
public final class Fleet implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    public Fleet(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_METRICS_PUSH_CONFIG,
                        false),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        producer.send(record.topic().equals(Topics.REPORTS.topic()) ? byCluster(record) : record);
    }

    /** Returns when all is durable. */
    public void flush() {
        producer.flush();
    }

    private ProducerRecord<byte[], byte[]> byCluster(ProducerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        int partitions = producer.partitionsFor(record.topic()).size();
        return new ProducerRecord<>(
                record.topic(),
                Partitioning.partition(ReportKeys.clusterOf(key), partitions),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
    }

    @Override
    public void close() {
        producer.close();
    }
}
