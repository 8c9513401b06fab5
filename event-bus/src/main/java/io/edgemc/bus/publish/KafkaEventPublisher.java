package io.edgemc.bus.publish;

import io.edgemc.bus.BusSettings;
import io.edgemc.bus.event.CloudEventHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** An idempotent producer tuned for latency: it lingers just long enough for what belongs together to fly together. */
public final class KafkaEventPublisher implements EventPublisher {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final int LINGER_MILLIS = 1;
    private static final long LONGEST_BLOCK_MILLIS = 5_000;

    private final Producer<String, byte[]> producer;
    private final Semaphore inFlight;
    private final long publishTimeoutMillis;

    public KafkaEventPublisher(BusSettings settings) {
        this.producer = new KafkaProducer<>(properties(settings), new StringSerializer(), new ByteArraySerializer());
        this.inFlight = new Semaphore(settings.maxInFlight());
        this.publishTimeoutMillis = settings.publishTimeout().toMillis();
    }

    private static Map<String, Object> properties(BusSettings settings) {
        long timeout = settings.publishTimeout().toMillis();
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, settings.clientName() + "-publisher");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // The broker takes one request of a connection after the other, each with its wait for the disk. Without a
        // linger the first
        // record of a commit flies alone, and the others wait behind it for longer than this.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
        // lz4 costs least time per byte; zstd saves a third more, and content is small or sealed.
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, BusSettings.MAX_REQUEST_BYTES);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(timeout, LONGEST_BLOCK_MILLIS));
        // A broker that is away is forgotten by the default strategy, and every publish() would then block.
        properties.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        properties.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(1).toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeout);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.min(timeout - LINGER_MILLIS, 10_000));
        properties.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 20);
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.putAll(settings.client());
        return properties;
    }

    @Override
    public CompletableFuture<RecordPosition> publish(OutgoingEvent event) {
        CompletableFuture<RecordPosition> done = new CompletableFuture<>();
        if (!enter(done)) {
            return done;
        }
        try {
            producer.send(record(event), (metadata, failure) -> {
                inFlight.release();
                complete(done, metadata, failure);
            });
        } catch (KafkaException e) {
            inFlight.release();
            done.completeExceptionally(translate(e));
        }
        return done;
    }

    private boolean enter(CompletableFuture<RecordPosition> done) {
        try {
            if (inFlight.tryAcquire(publishTimeoutMillis, TimeUnit.MILLISECONDS)) {
                return true;
            }
            done.completeExceptionally(new BusUnavailableException(
                    "too many records wait for the broker's acknowledgement since " + publishTimeoutMillis + " ms"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            done.completeExceptionally(new BusUnavailableException("interrupted before the record was sent", e));
        }
        return false;
    }

    private ProducerRecord<String, byte[]> record(OutgoingEvent event) {
        Integer partition = null;
        String by = event.partitionBy();
        if (by != null) {
            partition = Partitioning.partition(
                    by, producer.partitionsFor(event.topic()).size());
        }
        return new ProducerRecord<>(
                event.topic(),
                partition,
                null,
                event.key(),
                event.event().data(),
                CloudEventHeaders.write(event.event()));
    }

    private static void complete(
            CompletableFuture<RecordPosition> done, RecordMetadata metadata, @Nullable Exception failure) {
        if (failure == null) {
            done.complete(new RecordPosition(metadata.topic(), metadata.partition(), metadata.offset()));
        } else {
            done.completeExceptionally(translate(failure));
        }
    }

    /** Sorts a failure: the record's own fault, or the bus's. */
    private static RuntimeException translate(Exception failure) {
        return switch (failure) {
            case RecordTooLargeException e -> unsendable(e);
            case SerializationException e -> unsendable(e);
            case InvalidTopicException e -> unsendable(e);
            case ApiException e -> new BusUnavailableException("the broker did not take the record: " + name(e), e);
            default ->
                new BusUnavailableException("the record could not be handed to the broker: " + name(failure), failure);
        };
    }

    private static IllegalArgumentException unsendable(ApiException e) {
        return new IllegalArgumentException("the broker will never take this record: " + name(e), e);
    }

    private static IllegalArgumentException unsendable(SerializationException e) {
        return new IllegalArgumentException("the record cannot be written: " + name(e), e);
    }

    private static String name(Exception e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
