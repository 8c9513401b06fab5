package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.cli.CommandFailure;
import io.edgemc.cli.Stack;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.demo.Console;
import io.edgemc.servers.testing.RequiresLocalEdge;
import io.edgemc.stack.HubDirectory;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that cannot be: each says why and what to do. */
@Tag("slow")
class RefusedStartSystemTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    /** What the launcher uses before it has found a JDK; nothing by which it could install one. */
    private static final List<String> TOOLS = List.of("bash", "dirname", "readlink", "sed", "id", "env", "cat");

    @TempDir
    private Path scratch;

    private record Ended(int status, String output) {}

    @Test
    void aTakenPortIsNamed() throws Exception {
        // Given somebody else's server
        Stack stack = new Stack(new Workspace(HOME, new HubDirectory(scratch.resolve("hub"))), new Console(System.out));
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // When, then
            assertThatThrownBy(() -> stack.startHub(other.getLocalPort(), false))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("Port " + other.getLocalPort() + " of 127.0.0.1 cannot be opened")
                    .hasMessageContaining("Choose another one");
        }
        // And nothing of it runs
        assertThat(stack.hubRuns()).isFalse();
        assertThat(stack.stopAll()).isFalse();
    }

    @Test
    @RequiresLocalEdge
    void anApiServerThatStartedAlongIsStoppedAgain() throws Exception {
        // Given somebody else's server
        Stack stack = new Stack(new Workspace(HOME, new HubDirectory(scratch.resolve("hub"))), new Console(System.out));
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // When a hub that cannot start is started with an edge
            assertThatThrownBy(() -> stack.startHub(other.getLocalPort(), false, List.of("edge1")))
                    .isInstanceOf(CommandFailure.class);
        }
        // Then nothing of either runs
        assertThat(stack.edges().runsLocally("edge1")).isFalse();
        assertThat(stack.stopAll()).isFalse();
    }

    @Test
    void withoutProgramsOfAnApiServerAnEdgeSaysHowToGetThem() throws Exception {
        // Given an empty folder where they should be
        Path empty = Files.createDirectories(scratch.resolve("empty"));
        ProcessBuilder up = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dedge-mc.home=" + HOME,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                HOME.resolve("cli/target/cli.jar")
                        + File.pathSeparator
                        + Files.readString(HOME.resolve("cli/target/classpath")).strip(),
                "io.edgemc.cli.Main",
                "up",
                "--edges",
                "1",
                "--port",
                "0",
                "--data",
                scratch.resolve("hub").toString());
        up.environment().put("EDGE_MC_KUBE_BIN", empty.toString());
        Stack stack = new Stack(new Workspace(HOME, new HubDirectory(scratch.resolve("hub"))), new Console(System.out));
        try {
            // When
            Ended ended = run(up);
            // Then
            assertThat(ended.status()).as(ended.output()).isOne();
            assertThat(ended.output())
                    .contains("are not in " + empty, "tools/kube-testenv/build", "EDGE_MC_KUBE_BIN")
                    .doesNotContain("\tat ");
        } finally {
            stack.stopAll();
        }
    }

    @Test
    void withoutAJdkTheLauncherSaysWhereItLookedAndWhatToInstall() throws Exception {
        // Given a machine without a JDK but an old one that JAVA_HOME names
        Path old = Files.createDirectories(scratch.resolve("old/bin")).getParent();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"21.0.2\"\n");
        Path javac = Files.writeString(old.resolve("bin/javac"), "#!/bin/sh\n");
        assertThat(javac.toFile().setExecutable(true)).isTrue();
        ProcessBuilder launcher = withoutJdks("JAVA_HOME=" + old);
        // When
        Ended ended = run(launcher);
        // Then
        assertThat(ended.status()).as(ended.output()).isEqualTo(3);
        assertThat(ended.output())
                .contains(
                        "needs a JDK 25 and found none",
                        "/usr/lib/jvm",
                        "JAVA_HOME",
                        "temurin-25-jdk",
                        "openjdk-25-jdk");
    }

    /** The launcher in a view of this machine where the folders of JDKs are empty. */
    private ProcessBuilder withoutJdks(String variable) throws Exception {
        Path tools = Files.createDirectories(scratch.resolve("tools"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), onPath(tool));
        }
        Path home = Files.createDirectories(scratch.resolve("home"));
        String script = """
                for place in /usr/lib/jvm /opt /usr/local; do
                    if [ -d "$place" ]; then mount -t tmpfs none "$place" || exit 99; fi
                done
                exec "$1/env" -i PATH="$1" HOME="$2" "$3" "$1/bash" "$4/edge-mc" status
                """;
        ProcessBuilder launcher = new ProcessBuilder(
                "unshare",
                "--mount",
                "--map-root-user",
                "bash",
                "-c",
                script,
                "bash",
                tools.toString(),
                home.toString(),
                variable,
                HOME.toString());
        Ended possible = run(new ProcessBuilder("unshare", "--mount", "--map-root-user", "true"));
        if (possible.status() != 0) {
            String words = "NOT TESTED: the launcher without a JDK. JDKs cannot be hidden here: " + possible.output();
            System.err.println(words);
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(words);
            }
            Assumptions.abort(words);
        }
        return launcher;
    }

    private static Path onPath(String tool) {
        for (String folder : Map.copyOf(System.getenv())
                .getOrDefault("PATH", "/usr/bin:/bin")
                .split(File.pathSeparator)) {
            Path candidate = Path.of(folder, tool);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new AssertionError(tool + " is not on the path");
    }

    private static Ended run(ProcessBuilder builder) throws InterruptedException {
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            return new Ended(127, String.valueOf(e.getMessage()));
        }
    }
}
