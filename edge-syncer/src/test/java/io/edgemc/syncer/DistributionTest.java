package io.edgemc.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of the distribution, with a {@code java} that tells how it was called. */
class DistributionTest {
    private static final Path LAUNCHER = Path.of("src/main/dist/edge-syncer");

    @TempDir
    private Path folder;

    private Path launcher = LAUNCHER;
    private Path java = LAUNCHER;

    private record Ended(int status, List<String> lines) {}

    @BeforeEach
    void unpacked() throws IOException {
        folder = folder.toRealPath();
        launcher = folder.resolve("edge-syncer/bin/edge-syncer");
        java = folder.resolve("jdk/bin/java");
        script(launcher, Files.readString(LAUNCHER));
    }

    @Test
    void theLauncherStartsTheSyncerAsTheHubsMachineDoes() throws Exception {
        // Given an unpacked distribution and a Java 25 runtime
        aJava("25.0.1");
        // When the syncer is run by its launcher
        Ended run = run("run", "--hub", "https://hub.example:7444", "--state", "a folder");
        // Then it has the same flags and environment as one that the command line starts
        List<String> expected = SyncerLauncher.command(
                java,
                folder.resolve("edge-syncer/lib") + "/*",
                List.of("run", "--hub", "https://hub.example:7444", "--state", "a folder"));
        assertThat(run.status()).isZero();
        assertThat(run.lines().getFirst())
                .isEqualTo("MALLOC_ARENA_MAX=" + SyncerLauncher.environment().get("MALLOC_ARENA_MAX"));
        assertThat(run.lines().subList(1, run.lines().size())).isEqualTo(expected);
    }

    @Test
    void anOlderRuntimeIsRefusedInPlainWords() throws Exception {
        aJava("17.0.15");
        Ended run = run("help");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.lines())
                .singleElement()
                .asString()
                .contains("needs a Java 25 runtime")
                .contains("is 17");
    }

    private void aJava(String version) throws IOException {
        script(java, """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "%s" 2026-01-01' >&2; exit; fi
                echo "MALLOC_ARENA_MAX=$MALLOC_ARENA_MAX"
                printf '%%s\\n' "$0" "$@"
                """.formatted(version));
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output.lines().toList());
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
