package io.edgemc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When the launcher gets the API server's programs: the script in a built project whose JDK, recipe and package manager write down how
 * they are called.
 */
class LauncherTest {
    @TempDir
    private Path folder;

    private record Ended(int status, String printed, List<String> calls) {}

    @BeforeEach
    void aBuiltProject() throws IOException {
        script("project/edge-mc", Files.readString(Path.of("../edge-mc")));
        file("project/target/built", "");
        file("project/cli/target/classpath", "lib.jar");
        file("jdk/release", "JAVA_VERSION=\"25.0.1\"\n");
        script("jdk/bin/javac", "#!/bin/sh\n");
        script("jdk/bin/java", "#!/bin/sh\nwhile [ \"$1\" != io.edgemc.cli.Main ]; do shift; done\n" + noted("$*"));
        script("bin/id", "#!/bin/sh\necho 0\n");
        script("bin/apt-get", "#!/bin/sh\n" + noted("apt-get $*"));
        script("bin/apt-cache", "#!/bin/sh\n[ \"$2\" = golang ]\n");
        recipe("exit 1", "exit 0", "exit 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "demo b", "up --edges 2", "up --edges=2", "bench s17"})
    void whatNeedsAnApiServerHasItsProgramsBuiltFirst(String command) throws Exception {
        // Given a machine without the programs
        // When a command is run that needs them
        Ended ended = run(command, Map.of());
        // Then they are built, which is said, and the command comes after
        assertThat(ended.status()).as(ended.printed()).isZero();
        assertThat(ended.printed()).contains("building the programs of a Kubernetes API server, once");
        assertThat(ended.calls()).containsExactly("recipe", "io.edgemc.cli.Main " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "up --edges 0", "status -o json", "bench", "down", "demo --help"})
    void whatNeedsNoneDoesNotWaitForThem(String command) throws Exception {
        assertThat(run(command, Map.of()).calls()).containsExactly("io.edgemc.cli.Main " + command);
    }

    @Test
    void programsThatAreThereAreNotBuiltAgain() throws Exception {
        recipe("exit 0", "exit 1", "exit 1");
        assertThat(run("demo", Map.of()).calls()).containsExactly("io.edgemc.cli.Main demo");
    }

    @Test
    void programsOfOnesOwnAreLeftToTheCommand() throws Exception {
        assertThat(run("demo", Map.of("EDGE_MC_KUBE_BIN", "/opt/kube")).calls())
                .containsExactly("io.edgemc.cli.Main demo");
    }

    @Test
    void nothingStartsIfTheyCannotBeBuilt() throws Exception {
        recipe("exit 1", "exit 0", "echo 'the disk is full' >&2; exit 1");
        Ended ended = run("up --edges 1", Map.of());
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.printed()).contains("the disk is full", "up needs the programs of a Kubernetes API server");
        assertThat(ended.calls()).containsExactly("recipe");
    }

    @Test
    void aMachineWithoutGoGetsWhatItsPackageManagerHas() throws Exception {
        // Given a machine without Go whose distribution has it under one of its two names
        recipe("exit 1", "exit 1", "exit 0");
        // When the demo is run
        Ended ended = run("demo", Map.of());
        // Then that one is installed before the programs are built
        assertThat(ended.calls())
                .containsExactly(
                        "apt-get update -qq", "apt-get install -y -qq golang", "recipe", "io.edgemc.cli.Main demo");
    }

    /** What the recipe does when asked for the programs, for Go, and to build. */
    private void recipe(String check, String checkGo, String build) throws IOException {
        script(
                "project/tools/kube-testenv/build",
                "#!/bin/sh\ncase \"${1:-}\" in --check) " + check + ";; --check-go) " + checkGo + ";; *) "
                        + noted("recipe") + "\n" + build + ";; esac\n");
    }

    private String noted(String line) {
        return "echo \"" + line + "\" >>" + folder.resolve("calls") + "\n";
    }

    private Ended run(String command, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", folder.resolve("project/edge-mc") + " " + command)
                .redirectErrorStream(true);
        builder.environment().remove("EDGE_MC_KUBE_BIN");
        builder.environment().put("EDGE_MC_PREPARE", "no");
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        Path calls = folder.resolve("calls");
        return new Ended(status, printed, Files.exists(calls) ? Files.readAllLines(calls) : List.of());
    }

    private void script(String name, String text) throws IOException {
        file(name, text);
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
