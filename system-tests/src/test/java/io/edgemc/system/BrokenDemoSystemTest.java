package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.cli.Workspace;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo as a command of its own: if something is broken on purpose, it says what, and its exit code says that. */
@Tag("slow")
@Tag("long")
@RequiresLocalEdge
class BrokenDemoSystemTest {
    @TempDir
    private Path folder;

    @Test
    void theDemoFailsIfAnEdgeDoesNotGetWhatIsPlaced() throws Exception {
        // Given, When: the syncer of florin, the first edge, is stopped before anything is placed
        Path output = folder.resolve("output");
        int exit = broken("a", output);
        // Then what concerns florin is broken, what does not holds, and the command fails
        String said = Files.readString(output);
        assertThat(said)
                .contains("BROKEN  florin's page names florin")
                .contains("BROKEN  florin's ReplicaSet is customized")
                .contains("ok      guilder's common page names guilder")
                .contains("ok      guilder's special page names guilder");
        assertThat(exit).as(said).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "c"})
    void theOtherScenariosFailTooIfAnEdgeDoesNotFollow(String scenario) throws Exception {
        Path output = folder.resolve("output");
        int exit = broken(scenario, output);
        String said = Files.readString(output);
        assertThat(said).contains("  ok  ", "  BROKEN  ");
        assertThat(exit).as(said).isEqualTo(1);
    }

    /** Plays a scenario whose first edge does not follow, and returns the exit code of the command. */
    private int broken(String scenario, Path output) throws Exception {
        return new ProcessBuilder(command(
                        "demo",
                        scenario,
                        "--sabotage",
                        "--data",
                        folder.resolve("hub").toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
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
