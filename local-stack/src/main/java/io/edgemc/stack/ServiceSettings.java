package io.edgemc.stack;

import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.process.LoopbackPort;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each service of a local hub is told: the same settings that a deployment gives by environment or files. */
final class ServiceSettings {
    /**
     * Of each topic. There is one broker and one instance of each service, so more would not share work; and a commit waits for
     * the disk once for each partition that it writes to.
     */
    private static final int PARTITIONS = 2;

    private final HubOptions options;
    private final HubKeys keys;
    private final HubServers servers;
    private final Map<HubService, Integer> ports = new EnumMap<>(HubService.class);
    private final int agentPort;

    ServiceSettings(HubOptions options, HubKeys keys, HubServers servers) {
        this.options = options;
        this.keys = keys;
        this.servers = servers;
        for (HubService service : HubService.values()) {
            ports.put(service, LoopbackPort.choose(service == HubService.GATEWAY ? options.gatewayPort() : 0));
        }
        this.agentPort = LoopbackPort.choose(options.agentPort());
    }

    /** Addresses by name, for {@code hub.json}. */
    Map<String, String> urls() {
        Map<String, String> urls = new LinkedHashMap<>();
        ports.forEach((service, port) ->
                urls.put(service.label(), (service == HubService.GATEWAY ? "https" : "http") + "://127.0.0.1:" + port));
        urls.put("agents", agentUrl());
        urls.put("kafka", servers.broker().bootstrapServers());
        urls.put("postgres", "127.0.0.1:" + servers.postgres().server().port());
        return urls;
    }

    String agentUrl() {
        return "https://127.0.0.1:" + agentPort;
    }

    /** The properties of one service, as arguments of its application: what is given so wins over its file. */
    String[] of(HubService service) {
        HubDirectory directory = options.directory();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("server.port", ports.get(service));
        settings.put("server.address", "127.0.0.1");
        settings.put("edge-mc.kafka.bootstrap-servers", servers.broker().bootstrapServers());
        settings.put("spring.kafka.bootstrap-servers", servers.broker().bootstrapServers());
        // A consumer that comes back under its name takes its partitions back at once.
        settings.put("edge-mc.bus.instance", "local");
        settings.put("edge-mc.kafka.instance", "local");
        settings.put("edge-mc.bus.partitions", PARTITIONS);
        settings.put("edge-mc.kafka.partitions", PARTITIONS);
        settings.put("edge-mc.keyring.file", directory.keyRing().toString());
        settings.put("edge-mc.door.key-file", directory.doorKey().toString());
        Database database = servers.databases().get(service.label());
        if (database != null) {
            settings.put("spring.datasource.url", database.jdbcUrl());
            settings.put("spring.datasource.username", database.user());
            settings.put("spring.datasource.password", database.password());
        }
        switch (service) {
            case MAILBOX -> {
                settings.put(
                        "edge-mc.mailbox.ca-dir", directory.agentAuthority().toString());
                settings.put("edge-mc.mailbox.agent.port", agentPort);
                settings.put("edge-mc.mailbox.agent.address", "127.0.0.1");
                settings.put("edge-mc.mailbox.agent.url", agentUrl());
            }
            case SUMMARIZER ->
                settings.put("edge-mc.summarizer.state-dir", directory.streams().toString());
            case GATEWAY -> {
                for (HubService upstream : HubService.values()) {
                    if (upstream != HubService.GATEWAY) {
                        settings.put(
                                "edge-mc.gateway.services." + upstream.label(),
                                "http://127.0.0.1:" + ports.get(upstream));
                    }
                }
                settings.put(
                        "edge-mc.gateway.tls.certificate",
                        keys.gatewayCertificatePem().toString());
                settings.put("edge-mc.gateway.tls.key", keys.gatewayKeyPem().toString());
                settings.put("edge-mc.gateway.tokens-file", directory.tokens().toString());
                settings.put("edge-mc.gateway.audit-dir", directory.audit().toString());
            }
            case PLACEMENT, C2P -> {
                // What every service gets is all.
            }
        }
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }
}
