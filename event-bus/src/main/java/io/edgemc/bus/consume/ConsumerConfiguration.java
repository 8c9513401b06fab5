package io.edgemc.bus.consume;

import io.edgemc.bus.BusSettings;
import io.edgemc.bus.consume.Subscription.Start;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** The Kafka configuration of a subscription. */
record ConsumerConfiguration(String group, String clientId, Map<String, Object> properties) {

    static ConsumerConfiguration of(BusSettings settings, Subscription subscription) {
        boolean shared = subscription.start() == Start.COMMITTED;
        // A group of its own makes an instance read everything; nothing is committed for it, so nothing stays behind.
        String group = shared ? subscription.name() : subscription.name() + "-" + UUID.randomUUID();
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        String instance = settings.instance();
        if (shared && instance != null) {
            properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, subscription.name() + "-" + instance);
        }
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, subscription.maxBatch());
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        int session = (int) settings.sessionTimeout().toMillis();
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.min(3_000, session / 3));
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, BusSettings.IDLE_FETCH_MILLIS);
        properties.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, 20);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.putAll(settings.client());
        return new ConsumerConfiguration(group, settings.clientName() + "-" + subscription.name(), properties);
    }
}
