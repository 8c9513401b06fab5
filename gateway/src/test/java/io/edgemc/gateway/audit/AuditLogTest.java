package io.edgemc.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.edgemc.api.json.ApiJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AuditLogTest {
    @TempDir
    Path folder;

    @Test
    void whatIsRecordedIsOnTheDiskWhenTheLogHasStopped() throws Exception {
        // Given
        AuditLog log = new AuditLog(new AuditFile(folder.resolve("deep/audit.jsonl"), 1 << 20, 2));
        log.start();

        // When
        for (int i = 0; i < 500; i++) {
            log.record(entry("r" + i));
        }
        log.stop();

        // Then
        Path file = folder.resolve("deep/audit.jsonl");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(500);
        JsonNode first = ApiJson.MAPPER.readTree(lines.getFirst());
        assertThat(first.path("requestId").asString()).isEqualTo("r0");
        assertThat(first.path("at").asString()).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(first.path("status").asInt()).isEqualTo(403);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFullFileMakesRoomAndSomeAreKept() throws Exception {
        // Given
        AuditFile file = new AuditFile(folder.resolve("audit.jsonl"), 10, 2);

        // When
        for (String line : List.of("first line\n", "second line\n", "third line\n", "fourth line\n")) {
            file.append(java.nio.ByteBuffer.wrap(line.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        file.close();

        // Then
        assertThat(Files.readString(folder.resolve("audit.jsonl"))).isEqualTo("fourth line\n");
        assertThat(Files.readString(folder.resolve("audit.jsonl.1"))).isEqualTo("third line\n");
        assertThat(Files.readString(folder.resolve("audit.jsonl.2"))).isEqualTo("second line\n");
        assertThat(folder.resolve("audit.jsonl.3")).doesNotExist();
    }

    @Test
    void aLogThatCannotBeWrittenSaysSoAndLosesNothing() throws Exception {
        // Given a folder whose name is taken by a file
        Path taken = folder.resolve("taken");
        Files.writeString(taken, "");
        AuditLog log = new AuditLog(new AuditFile(taken.resolve("audit.jsonl"), 1 << 20, 2));
        log.start();
        log.record(entry("r1"));
        await().atMost(Duration.ofSeconds(10)).until(() -> !log.isWritable());
        assertThat(log.age(Instant.parse("2026-11-23T10:01:00Z"))).isEqualTo(Duration.ofMinutes(1));

        // When
        Files.delete(taken);

        // Then
        await().atMost(Duration.ofSeconds(10)).until(log::isWritable);
        assertThat(log.age(Instant.parse("2026-11-23T10:01:00Z"))).isZero();
        log.stop();
        assertThat(Files.readString(taken.resolve("audit.jsonl"))).contains("\"r1\"");
    }

    private static AuditRecord entry(String id) {
        return new AuditRecord(
                Instant.parse("2026-11-23T10:00:00Z"),
                id,
                "0af7651916cd43dd8448eb211c80319c",
                "jane",
                "127.0.0.1",
                "delete",
                "space \"a\"",
                "/spaces/a/api/v1/namespaces/n",
                "forbidden",
                "no granted role allows it",
                403);
    }
}
