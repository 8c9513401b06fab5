package io.edgemc.servers.testing;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import io.edgemc.servers.kafka.EmbeddedKafkaServer;
import io.edgemc.servers.kafka.KafkaOptions;
import io.edgemc.servers.process.ScratchFolder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** One Kafka broker per test JVM, started at first use, gone with the JVM. Thread-safe. */
public final class TestKafka {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private TestKafka() {}

    /** The broker. Nothing waits for the disk. */
    public static EmbeddedKafkaServer shared() {
        return Shared.SERVER;
    }

    /** The broker's address, for {@code bootstrap.servers}. */
    public static String bootstrapServers() {
        return shared().bootstrapServers();
    }

    /** A name, for a topic or group, that no other test of this JVM has. */
    public static String uniqueName(String prefix) {
        return prefix + "-" + NAMES.incrementAndGet();
    }

    /** Makes topics of one replica and waits until they can be used. */
    public static void createTopics(int partitions, String... names) {
        createTopics(Arrays.stream(names)
                .map(name -> new NewTopic(name, partitions, (short) 1))
                .toList());
    }

    /** Makes a compacted topic of one replica. */
    public static void createCompactedTopic(int partitions, String name) {
        createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(Map.of("cleanup.policy", "compact"))));
    }

    /** Makes the topics and waits until they can be used. */
    public static void createTopics(List<NewTopic> topics) {
        try (Admin admin = shared().admin()) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new ServerFailure(Reason.REFUSED, "Kafka did not make the topics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw ServerFailure.interrupted("making topics", e);
        }
    }

    /** The language's own lazy and thread-safe start. */
    private static final class Shared {
        private static final EmbeddedKafkaServer SERVER = start();

        private static EmbeddedKafkaServer start() {
            ScratchFolder folder = ScratchFolder.create("kafka");
            EmbeddedKafkaServer server =
                    EmbeddedKafkaServer.start(KafkaOptions.fast(folder.path().resolve("server")));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder), "end-test-kafka"));
            return server;
        }

        private static void end(EmbeddedKafkaServer server, ScratchFolder folder) {
            try (folder) {
                server.close();
            }
        }
    }
}
