package io.edgemc.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubStateTest {
    private static final Map<String, String> URLS = Map.of("gateway", "https://127.0.0.1:7443");

    @TempDir
    private Path folder;

    @Test
    void aLiveHubIsRead() throws IOException {
        // Given a hub in this process
        HubState written = HubState.ofThisProcess(URLS);
        written.write(new HubDirectory(folder));
        // When its state is read
        // Then it is all there
        assertThat(HubState.read(new HubDirectory(folder))).contains(written);
    }

    @Test
    void aLaterProcessWithTheSamePidIsNotTheHub() throws IOException {
        // Given the state of a hub that ended, whose pid this process has now
        HubState self = HubState.ofThisProcess(URLS);
        new HubState(self.pid(), self.started().minus(Duration.ofHours(1)), URLS).write(new HubDirectory(folder));
        // When its state is read
        // Then no hub runs
        assertThat(HubState.read(new HubDirectory(folder))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"pid\":1,\"sta", "{\"pid\":1,\"ready\":true,\"urls\":{}}"})
    void aFileThatDoesNotSayWhoIsNobody(String text) throws IOException {
        Files.writeString(new HubDirectory(folder).state(), text);
        assertThat(HubState.read(new HubDirectory(folder))).isEmpty();
    }
}
