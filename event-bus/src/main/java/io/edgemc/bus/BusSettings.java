package io.edgemc.bus;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a service reaches the bus.
 *
 * @param bootstrapServers Kafka's addresses, {@code host:port} separated by commas
 * @param clientName prefix of client ids; the service's name
 * @param instance name of this instance that survives its restarts (a StatefulSet's pod name, {@code local}), or null.
 *     With one, a restarted instance takes its partitions back at once instead of after {@code sessionTimeout}
 * @param sessionTimeout silence after which an instance counts as gone and others take its partitions
 * @param publishTimeout how long a record may wait for its acknowledgement before its future fails
 * @param maxInFlight records handed to the publisher and not acknowledged yet; more wait
 * @param client further Kafka client properties, for security; they win over the defaults
 */
public record BusSettings(
        String bootstrapServers,
        String clientName,
        @Nullable String instance,
        Duration sessionTimeout,
        Duration publishTimeout,
        int maxInFlight,
        Map<String, String> client) {

    /** The largest record, in bytes. Above what a Kubernetes API server accepts as one object. */
    public static final int MAX_RECORD_BYTES = 4 << 20;

    /** The same with its headers, also those that a dead letter adds. */
    public static final int MAX_REQUEST_BYTES = MAX_RECORD_BYTES + (256 << 10);

    /**
     * How long the broker keeps the question of a consumer for which there is nothing; what comes meanwhile is answered at once. Longer
     * costs less at rest, and a consumer that closes waits for its open question.
     */
    public static final int IDLE_FETCH_MILLIS = 1_000;

    public BusSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException(
                    "the address of Kafka is missing: set edge-mc.kafka.bootstrap-servers, for example 127.0.0.1:9092");
        }
        if (clientName.isBlank()) {
            throw new IllegalArgumentException("a client of the bus has a name");
        }
        if (sessionTimeout.toMillis() < 6_000) {
            throw new IllegalArgumentException("sessionTimeout is at least 6 s, the broker refuses less");
        }
        if (publishTimeout.toMillis() < 1_000) {
            throw new IllegalArgumentException("publishTimeout is at least 1 s");
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("maxInFlight is at least 1");
        }
        client = Map.copyOf(client);
    }

    /** Defaults for everything but the address and the name. */
    public static BusSettings of(String bootstrapServers, String clientName) {
        return new BusSettings(
                bootstrapServers, clientName, null, Duration.ofSeconds(10), Duration.ofSeconds(30), 10_000, Map.of());
    }

    public BusSettings withInstance(@Nullable String newInstance) {
        return new BusSettings(
                bootstrapServers, clientName, newInstance, sessionTimeout, publishTimeout, maxInFlight, client);
    }

    public BusSettings withPublishTimeout(Duration timeout) {
        return new BusSettings(bootstrapServers, clientName, instance, sessionTimeout, timeout, maxInFlight, client);
    }
}
