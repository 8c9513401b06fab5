package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.cli.Workspace;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a command of its own: if something is broken on purpose, it says what, and its exit code says that. */
@Tag("slow")
@Tag("long")
@RequiresLocalEdge
class BrokenDemoSystemTest {
    @TempDir
    private Path folder;

    @Test
    void theDemoFailsIfAnEdgeDoesNotGetWhatIsPlaced() throws IOException, InterruptedException {
        // Given, When: the syncer of florin, the first edge, is stopped before anything is placed
        Path output = folder.resolve("output");
        int exit = new ProcessBuilder(command(
                        "demo",
                        "a",
                        "--sabotage",
                        "--data",
                        folder.resolve("hub").toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        // Then what concerns florin is broken, what does not holds, and the command fails
        String said = Files.readString(output);
        assertThat(said)
                .contains("BROKEN  florin's page names florin")
                .contains("BROKEN  florin's ReplicaSet is customized")
                .contains("ok      guilder's common page names guilder")
                .contains("ok      guilder's special page names guilder");
        assertThat(exit).as(said).isEqualTo(1);
    }

    private static List<String> command(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + Workspace.HOME + "=" + Path.of("..").toAbsolutePath().normalize(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.edgemc.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}
