package io.edgemc.servers.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaCrashTest {
    @TempDir
    Path folder;

    /** Runs a broker and sends numbered records for ever; says each number after its acknowledgement. */
    static final class Writer {
        public static void main(String[] arguments) throws Exception {
            EmbeddedKafkaServer server = EmbeddedKafkaServer.start(KafkaOptions.durable(Path.of(arguments[0])));
            try (Admin admin = server.admin();
                    KafkaProducer<String, String> producer = Records.producer(server.bootstrapServers())) {
                admin.createTopics(List.of(new NewTopic("ledger", 2, (short) 1)))
                        .all()
                        .get();
                for (int id = 1; ; id++) {
                    producer.send(new ProducerRecord<>("ledger", "k" + id, "v" + id))
                            .get();
                    System.out.println("wrote " + id);
                }
            }
        }
    }

    /** Runs a broker and then has it hit an error that it cannot survive. */
    static final class Doomed {
        public static void main(String[] arguments) {
            EmbeddedKafkaServer.start(KafkaOptions.fast(Path.of(arguments[0])));
            Exit.halt(7, "all log dirs have failed");
        }
    }

    @Test
    void killedJvmLosesNoAcknowledgedRecordAndTheNextStartUsesAnotherPort() throws Exception {
        // Given
        Path data = folder.resolve("kafka");
        List<String> written;
        try (ChildJvm writer = ChildJvm.start(Writer.class, folder.resolve("errors"), data.toString())) {
            writer.next("wrote 5");
            written = writer.kill("wrote ");
        }

        // When
        try (EmbeddedKafkaServer server = EmbeddedKafkaServer.start(KafkaOptions.durable(data))) {

            // Then
            int last = written.isEmpty() ? 5 : Integer.parseInt(written.getLast());
            assertThat(Records.readAll(server, "ledger"))
                    .containsAllEntriesOf(IntStream.rangeClosed(1, last)
                            .boxed()
                            .collect(Collectors.toMap(id -> "k" + id, id -> "v" + id)));
        }
    }

    @Test
    void keepsItsDataOverStopAndStart() {
        // Given
        KafkaOptions options = KafkaOptions.fast(folder.resolve("kafka"));
        int port;
        try (EmbeddedKafkaServer first = EmbeddedKafkaServer.start(options)) {
            port = first.port();
            makeTopic(first);
            Records.send(first, "ledger", Map.of("k", "v"));
        }

        // When
        try (EmbeddedKafkaServer second = EmbeddedKafkaServer.start(options.withPort(port))) {

            // Then
            assertThat(second.port()).isEqualTo(port);
            assertThat(Records.readAll(second, "ledger")).containsExactly(Map.entry("k", "v"));
            assertThatThrownBy(() -> EmbeddedKafkaServer.start(options))
                    .isInstanceOfSatisfying(
                            ServerFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo("server.directory-in-use"));
        }
    }

    @Test
    void aFatalErrorEndsTheJvmAndSaysWhy() throws Exception {
        // Given
        Path data = folder.resolve("kafka");
        Path errors = folder.resolve("errors");

        // When
        int status;
        try (ChildJvm doomed = ChildJvm.start(Doomed.class, errors, data.toString())) {
            status = doomed.join();
        }

        // Then
        assertThat(status).isEqualTo(7);
        assertThat(Files.readString(errors))
                .contains("The Kafka broker with its data in " + data + " cannot go on")
                .contains("all log dirs have failed")
                .contains("left on its disk");
    }

    @Test
    void aDirectoryThatKafkaCannotReadIsAnErrorAndNotTheEndOfTheJvm() throws Exception {
        // Given
        Path data = folder.resolve("kafka");
        Files.createDirectories(data.resolve("logs"));
        Files.writeString(data.resolve("logs/meta.properties"), "version=1\nnode.id=99\ncluster.id=other\n");

        // When
        assertThatThrownBy(() -> EmbeddedKafkaServer.start(KafkaOptions.fast(data)))

                // Then
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("99");
    }

    private static void makeTopic(EmbeddedKafkaServer server) {
        try (Admin admin = server.admin()) {
            admin.createTopics(List.of(new NewTopic("ledger", 1, (short) 1)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }
}
