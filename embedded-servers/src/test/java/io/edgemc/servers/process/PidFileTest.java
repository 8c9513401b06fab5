package io.edgemc.servers.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidFileTest {
    @TempDir
    Path folder;

    @Test
    void findsTheProcessAgain() throws Exception {
        // Given
        PidFile file = new PidFile(folder.resolve("me.pid"));
        file.write(ProcessHandle.current());

        // When / Then
        assertThat(file.liveProcess()).contains(ProcessHandle.current());
    }

    @Test
    void aPidThatWasGivenToAnotherProcessIsNobody() throws Exception {
        // Given
        Path path = Files.writeString(
                folder.resolve("me.pid"), ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z\n");

        // When / Then
        assertThat(new PidFile(path).liveProcess()).isEmpty();
    }

    @Test
    void aProcessThatHasEndedIsNobody() throws Exception {
        // Given
        Process process = new ProcessBuilder("sleep", "60").start();
        PidFile file = new PidFile(folder.resolve("sleep.pid"));
        file.write(process.toHandle());

        // When
        process.destroyForcibly().waitFor();

        // Then
        assertThat(file.liveProcess()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1 ", "0 2001-01-01T00:00:00Z", "text", "99999999999 x", "1 not-a-time"})
    void anUnreadableFileIsNobody(String text) throws Exception {
        Path path = Files.writeString(folder.resolve("broken.pid"), text);

        assertThat(new PidFile(path).liveProcess()).isEmpty();
    }
}
