package io.edgemc.mailbox.testing;

import io.edgemc.api.content.KeyRing;
import io.edgemc.bus.BusSettings;
import io.edgemc.bus.publish.EventPublisher;
import io.edgemc.bus.publish.KafkaEventPublisher;
import io.edgemc.door.IdentityKeys;
import io.edgemc.mailbox.MailboxApplication;
import io.edgemc.mailbox.wiring.AgentServer;
import io.edgemc.servers.postgres.Database;
import io.edgemc.servers.testing.TestKafka;
import io.edgemc.servers.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole service on a real database and a real broker, one for all tests of this JVM. */
public final class TestHub {
    /** Partitions of topics by cluster. */
    public static final int PARTITIONS = 2;

    private static final TestHub SHARED = start();

    private final ConfigurableApplicationContext context;
    private final EventPublisher publisher;
    private final Path folder;
    private final KeyRing keys;

    private TestHub(ConfigurableApplicationContext context, Path folder, KeyRing keys) {
        this.context = context;
        this.folder = folder;
        this.keys = keys;
        this.publisher = new KafkaEventPublisher(BusSettings.of(TestKafka.bootstrapServers(), "placement-stand-in"));
    }

    public static TestHub shared() {
        return SHARED;
    }

    private static TestHub start() {
        try {
            Path folder = Files.createTempDirectory("mailbox-hub");
            Path keyring = folder.resolve("keyring");
            Files.write(keyring, KeyRing.generate(new SecureRandom()));
            IdentityKeys.createIfAbsent(folder.resolve("door.key"));
            Database database = TestPostgres.freshDatabase();
            ConfigurableApplicationContext context = MailboxApplication.application()
                    .run(
                            "--spring.datasource.url=" + database.jdbcUrl(),
                            "--spring.datasource.username=" + database.user(),
                            "--spring.datasource.password=" + database.password(),
                            "--edge-mc.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
                            "--edge-mc.bus.partitions=" + PARTITIONS,
                            "--edge-mc.keyring.file=" + keyring,
                            "--edge-mc.door.key-file=" + folder.resolve("door.key"),
                            "--edge-mc.mailbox.ca-dir=" + folder.resolve("ca"),
                            "--edge-mc.mailbox.agent.port=0",
                            "--edge-mc.mailbox.disconnect-after=1s",
                            "--edge-mc.mailbox.sweep-every=200ms",
                            "--server.port=0",
                            "--logging.structured.format.console=");
            return new TestHub(context, folder, KeyRing.load(keyring));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public JdbcTemplate jdbc() {
        return bean(JdbcTemplate.class);
    }

    public EventPublisher publisher() {
        return publisher;
    }

    public KeyRing keys() {
        return keys;
    }

    public Path folder() {
        return folder;
    }

    /** Where agents dial. */
    public String agentUrl() {
        return "https://localhost:" + bean(AgentServer.class).port();
    }

    /** What {@code /actuator/prometheus} says. */
    public String metrics() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(serviceUrl() + "/actuator/prometheus"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where the gateway would call. */
    public String serviceUrl() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }
}
