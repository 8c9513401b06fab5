package io.edgemc.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubLogTest {
    @TempDir
    private Path folder;

    @Test
    void theReasonIsThatOfThisStartWithTheLinesThatBelongToIt() throws IOException {
        // Given a log that ends with an earlier failure
        Path file = Files.writeString(folder.resolve("hub.log"), "edge-mc: the hub cannot start: of yesterday\n");
        HubLog log = new HubLog(file);
        long before = log.length();
        assertThat(log.reason(before)).isEmpty();
        // When another start fails
        Files.writeString(file, """
                {"message":"starting"}
                edge-mc: the hub cannot start: initdb ended with status 1. Its log ends:
                could not write: No space left on device
                {"message":"stopping"}
                """, StandardOpenOption.APPEND);
        // Then
        assertThat(log.reason(before))
                .contains("the hub cannot start: initdb ended with status 1. Its log ends:\n"
                        + "could not write: No space left on device");
    }

    @Test
    void aHubThatSaidNothingGaveNoReason() {
        assertThat(new HubLog(folder.resolve("absent.log")).reason(0)).isEmpty();
    }
}
