package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.event.ReportKeys;
import io.edgemc.api.event.Topics;
import io.edgemc.api.json.ApiJson;
import io.edgemc.cli.Stack;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.demo.Console;
import io.edgemc.cli.demo.DemoHub;
import io.edgemc.cli.hub.HubApi;
import io.edgemc.servers.testing.RequiresLocalEdge;
import io.edgemc.stack.HubDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One write, followed by its trace id through everything that it passes: with a real hub, a real API server and a real syncer. */
@Tag("slow")
@RequiresLocalEdge
class TraceSystemTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CONFIG_MAPS = "/spaces/traced/api/v1/namespaces/default/configmaps";

    @TempDir
    private Path folder;

    private Workspace workspace;
    private Stack stack;

    @BeforeEach
    void start() {
        workspace = new Workspace(Path.of("..").toAbsolutePath().normalize(), new HubDirectory(folder.resolve("hub")));
        stack = new Stack(workspace, new Console(System.out));
        stack.startHub(0, false);
    }

    @AfterEach
    void stop() {
        stack.stopAll();
    }

    @Test
    void oneIdRunsFromTheWriteInASpaceToItsEdgeAndBack() {
        // Given an edge that a placement selects
        DemoHub hub = new DemoHub(workspace, stack, false);
        hub.edges(Map.of("florin", Map.of("trace", "yes")));
        hub.spaces("traced");
        try (HubApi api = HubApi.of(workspace.hub())) {
            api.postOrFail("/spaces/traced/apis/edge-mc.io/v1alpha1/edgeplacements", """
                    {"apiVersion":"edge-mc.io/v1alpha1","kind":"EdgePlacement","metadata":{"name":"all"},
                     "spec":{"locationSelectors":[{"matchLabels":{"trace":"yes"}}],
                             "downsync":[{"apiGroup":"","resources":["configmaps"],"namespaces":["default"]}]}}""");

            // When
            api.postOrFail(CONFIG_MAPS, """
                    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"followed"},"data":{"a":"b"}}""");
        }

        // Then the gateway gave the write an id
        String traceId = eventually("the write in the audit log", this::auditedTraceId);
        assertThat(traceId).matches("[0-9a-f]{32}");

        // And the target that follows from it carries the id to the mailbox
        eventually(
                "a target with the id",
                () -> records(Topics.TARGETS, traceId).stream().findAny());

        // And the syncer applied the object under it
        eventually("the apply in the syncer's log", () -> syncerLine(traceId, "configmaps", "followed"));
        eventually("the acknowledgement in the syncer's log", () -> syncerLine(traceId, "target worked off"));

        // And it comes back: what the object is like at the edge, and how far the edge is
        eventually(
                "the report of the object",
                () -> records(Topics.REPORTS, traceId).stream()
                        .filter(record -> ReportKeys.objectOf(record.key()).contains("followed"))
                        .findAny());
        eventually(
                "the report of the cluster",
                () -> records(Topics.REPORTS, traceId).stream()
                        .filter(record -> ReportKeys.objectOf(record.key()).isEmpty())
                        .findAny());
    }

    private Optional<String> auditedTraceId() {
        try (Stream<Path> files = Files.list(workspace.hub().audit())) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode entry = ApiJson.MAPPER.readTree(line);
                    if (entry.path("object").asString("").equals(CONFIG_MAPS)) {
                        return Optional.of(entry.path("traceId").asString(""));
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A line of the syncer that has all of these words. */
    private Optional<String> syncerLine(String... words) {
        try (Stream<Path> files = Files.walk(workspace.hub().edges())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                for (String line :
                        Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                    if (Stream.of(words).allMatch(line::contains)) {
                        return Optional.of(line);
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The records of a topic, as it is now, whose trace context has the id. */
    private List<ConsumerRecord<String, byte[]>> records(Topics topic, String traceId) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        Map<String, Object> settings =
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.state().url("kafka"));
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            Set<TopicPartition> partitions = Set.copyOf(consumer.partitionsFor(topic.topic()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    Header trace = record.headers().lastHeader("ce_traceparent");
                    if (trace != null
                            && new String(trace.value(), StandardCharsets.UTF_8).startsWith("00-" + traceId + "-")) {
                        found.add(record);
                    }
                });
            }
        }
        return found;
    }

    private static <T> T eventually(String what, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            assertThat(System.nanoTime())
                    .as("not within %s: %s", PATIENCE, what)
                    .isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
