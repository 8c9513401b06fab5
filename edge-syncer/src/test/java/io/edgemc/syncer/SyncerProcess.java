package io.edgemc.syncer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A syncer in a JVM of its own, as it runs at an edge. */
final class SyncerProcess implements AutoCloseable {
    /** What the syncer needs at run time; the test class path has much more. */
    private static final List<String> NEEDED = List.of(
            "edge-syncer",
            "edge-api",
            "jackson-core",
            "jackson-databind",
            "jackson-annotations",
            "slf4j-api",
            "snakeyaml-engine",
            "jspecify");

    private final Process process;
    private final Path output;

    private SyncerProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static SyncerProcess start(Path folder, List<String> arguments) throws IOException {
        Path output = Files.createTempFile(folder, "syncer", ".log");
        ProcessBuilder builder = new ProcessBuilder(SyncerLauncher.command(
                Path.of(System.getProperty("java.home"), "bin", "java"), classPath(), arguments));
        builder.environment().putAll(SyncerLauncher.environment());
        return new SyncerProcess(
                builder.redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    /** Resident megabytes. */
    long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024;
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry ->
                        !entry.endsWith("test-classes") && NEEDED.stream().anyMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
