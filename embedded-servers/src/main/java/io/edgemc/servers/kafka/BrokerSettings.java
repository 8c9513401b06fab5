package io.edgemc.servers.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The broker's configuration: one node that is broker and controller, small. */
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final int MB = 1 << 20;

    private BrokerSettings() {}

    static Map<String, String> of(KafkaOptions options, Path logs, int brokerPort, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("log.dirs", logs.toString());
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        // Voters by configuration and not in the log, so that the ports may differ from start to start.
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);

        settings.put("auto.create.topics.enable", "false");
        settings.put("num.partitions", "4");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        for (String internal :
                new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.put(internal + ".num.partitions", "4");
            settings.put(internal + ".replication.factor", "1");
            settings.put(internal + ".segment.bytes", Integer.toString(8 * MB));
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");

        // After a crash the controller, which is new too, waits for the session of the broker that is no more.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "1000");

        boolean durable = options.durability() == KafkaOptions.Durability.DURABLE;
        if (durable) {
            settings.put("log.flush.interval.messages", "1");
        }
        settings.put("num.recovery.threads.per.data.dir", "2");

        // Twice a second a controller tells other voters that it is alive; here it would wake the disk for nobody.
        settings.put("metadata.max.idle.interval.ms", "0");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("num.replica.fetchers", "1");
        settings.put("log.segment.bytes", Integer.toString(64 * MB));
        settings.put("log.index.size.max.bytes", Integer.toString(MB));
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 * MB));
        settings.put("log.cleaner.io.buffer.size", Integer.toString(MB / 2));
        settings.put("metadata.log.segment.bytes", Integer.toString(16 * MB));
        settings.put("metadata.max.retention.bytes", Integer.toString(64 * MB));
        return settings;
    }
}
