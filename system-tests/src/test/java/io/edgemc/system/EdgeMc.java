package io.edgemc.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The commands of {@code ./edge-mc}, each as a process of its own as the launcher starts it, on one data folder. */
final class EdgeMc {
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private static final long LIMIT_SECONDS = 180;

    private final Path data;
    private final Path outputs;
    private final AtomicInteger count = new AtomicInteger();

    /** @param outputs existing folder for what commands print */
    EdgeMc(Path data, Path outputs) {
        this.data = data;
        this.outputs = outputs;
    }

    /** A command that has ended. */
    record Ended(int status, String out, String err) {}

    /** A command that may still run. */
    record Running(Process process, Path out, Path err) {
        /** What it has printed so far. */
        String text() {
            return read(out) + read(err);
        }

        /** Its end; fails the test if it does not come. */
        Ended end() throws InterruptedException {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end in " + LIMIT_SECONDS + " s: " + text());
            }
            return new Ended(process.exitValue(), read(out), read(err));
        }
    }

    Running begin(String... arguments) throws IOException {
        Path classpath = HOME.resolve("cli/target/classpath");
        List<String> command = new ArrayList<>(List.of(
                JAVA_HOME.resolve("bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dedge-mc.home=" + HOME,
                "-cp",
                HOME.resolve("cli/target/cli.jar") + ":" + read(classpath).strip(),
                "io.edgemc.cli.Main"));
        command.addAll(List.of(arguments));
        int number = count.incrementAndGet();
        Path out = outputs.resolve(number + ".out");
        Path err = outputs.resolve(number + ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("EDGE_MC_DATA", data.toString());
        return new Running(builder.start(), out, err);
    }

    /** Runs a command to its end, whatever that is. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        return begin(arguments).end();
    }

    /** Runs a command that must succeed, and returns what it printed. */
    String ok(String... arguments) throws IOException, InterruptedException {
        Ended ended = run(arguments);
        assertThat(ended.status())
                .as("edge-mc %s: %s%s", String.join(" ", arguments), ended.out(), ended.err())
                .isZero();
        return ended.out();
    }

    /** Runs a command that must be refused, with exit code 1 and a line for people, and returns that line. */
    String refused(String... arguments) throws IOException, InterruptedException {
        Ended ended = run(arguments);
        assertThat(ended.status())
                .as("edge-mc %s: %s%s", String.join(" ", arguments), ended.out(), ended.err())
                .isOne();
        assertThat(ended.err()).startsWith("edge-mc: ").doesNotContain("\tat ");
        return ended.err();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
