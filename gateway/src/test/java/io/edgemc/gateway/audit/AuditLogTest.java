package io.edgemc.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.edgemc.api.json.ApiJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    @Timeout(60)
    void aLogThatCannotBeWrittenSaysSoAndLosesNothing() throws Exception {
        // Given a folder whose name is taken by a file
        Path taken = folder.resolve("taken");
        Files.writeString(taken, "");
        AuditLog log = new AuditLog(new AuditFile(taken.resolve("audit.jsonl"), 1 << 20, 2));
        log.start();
        Receipt receipt = log.record(entry("r1"));
        assertThat(receipt.await(Duration.ofHours(1))).isFalse();
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

    @Test
    void aLineThatAKilledProcessCutOffIsEndedBeforeTheNext() throws Exception {
        // Given a file whose last line has no end
        Path file = folder.resolve("audit.jsonl");
        Files.writeString(file, "{\"whole\":1}\n{\"half\":");
        AuditLog log = new AuditLog(new AuditFile(file, 1 << 20, 2));
        log.start();

        // When
        Receipt receipt = log.record(entry("r1"));

        // Then its record is on the disk, and stands by itself
        assertThat(receipt.await(Duration.ofSeconds(10))).isTrue();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(ApiJson.MAPPER.readTree(lines.getLast()).path("requestId").asString())
                .isEqualTo("r1");
        log.stop();
    }

    @Test
    void aFloodOfUnknownCallersIsCountedAndNotWritten() throws Exception {
        // Given
        Path file = folder.resolve("anonymous.jsonl");
        AuditLog log = new AuditLog(new AuditFile(file, 1 << 20, 1));
        log.start();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
        AnonymousRefusals refusals = new AnonymousRefusals(log, 20, new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });

        // When many come within a second, and one in the next
        for (int i = 0; i < 5_000; i++) {
            refusals.record(entry("r" + i));
        }
        now.set(now.get().plusSeconds(1));
        refusals.record(entry("after"));
        log.stop();

        // Then
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(21);
        assertThat(lines.getLast()).contains("\"after\"", "4980 refusals of unknown callers before this one");
    }

    private static AuditRecord entry(String id) {
        return new AuditRecord(
                Instant.parse("2026-11-23T10:00:00Z"),
                "answered",
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
