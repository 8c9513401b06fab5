package io.edgemc.servers.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
    @TempDir
    Path folder;

    /** Makes a folder with a process in it, and waits to be killed. */
    static final class Maker {
        public static void main(String[] arguments) throws InterruptedException {
            Path path = ScratchFolder.create("abandoned").path();
            ChildProcess child = ChildProcess.start("sleeper", path, List.of("sleep", "600"), Map.of());
            System.out.println("pid " + child.pid());
            System.out.println("folder " + path);
            Thread.currentThread().join();
        }
    }

    @Test
    void clearsWhatAKilledJvmLeft() throws Exception {
        // Given
        ProcessHandle sleeper;
        Path abandoned;
        try (ChildJvm maker = ChildJvm.start(Maker.class, folder.resolve("errors"))) {
            sleeper = ProcessHandle.of(Long.parseLong(maker.next("pid "))).orElseThrow();
            abandoned = Path.of(maker.next("folder "));
            maker.kill("");
        }
        assertThat(Exits.isRunning(sleeper)).isTrue();

        // When
        try (ScratchFolder own = ScratchFolder.create("own")) {

            // Then
            assertThat(own.path()).exists();
            assertThat(abandoned).doesNotExist();
            assertThat(Exits.isRunning(sleeper)).isFalse();
        }
    }
}
