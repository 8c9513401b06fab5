package io.edgemc.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.process.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real PostgreSQL and a real broker. */
class HubServersTest {
    @TempDir
    private Path folder;

    @Test
    void whatGoesWrongAfterTheServersStartedLeavesNeitherBehind() throws IOException {
        // Given a hub whose password of a database cannot be read
        HubDirectory directory = new HubDirectory(folder.resolve("hub"));
        HubKeys keys = new HubKeys(directory);
        keys.ensure();
        Files.createDirectories(directory.keys().resolve("db-mailbox.password/not-a-file"));
        // When its servers are started
        // Then that is told
        assertThatThrownBy(() -> HubServers.start(new HubOptions(directory, 0, 0, false), keys))
                .isInstanceOf(IOException.class);
        // And neither server is left
        assertThat(ChildProcess.adopt("postgres", directory.postgres())).isEmpty();
        assertFree(directory.postgres());
        assertFree(directory.kafka());
    }

    private static void assertFree(Path server) {
        Optional<DirectoryLock> lock = DirectoryLock.tryTake(server);
        assertThat(lock).as("lock of %s", server).isPresent();
        lock.orElseThrow().close();
    }
}
