package io.edgemc.syncer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start the syncer as a process that stays small: the one place for its flags. Its memory is measured with them by
 * {@code SyncerProcessTest}.
 */
public final class SyncerLauncher {
    private static final String MAIN_CLASS = "io.edgemc.syncer.SyncerMain";

    private static final List<String> FLAGS = List.of(
            // One collector thread, and a heap that is given back; 10 000 objects fit.
            "-XX:+UseSerialGC",
            "-Xms8m",
            "-Xmn3m",
            "-Xmx96m",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=25",
            "-XX:+UseCompactObjectHeaders",
            // The quick compiler only: its code is small, and the work is waiting anyway.
            "-XX:TieredStopAtLevel=1",
            "-XX:CICompilerCount=1",
            "-XX:ReservedCodeCacheSize=24m",
            "-XX:-UsePerfData",
            // What the compiler needed for a moment goes back soon: 4 MB after the first deliveries.
            "-XX:TrimNativeHeapInterval=5000",
            "-Xss256k",
            "-XX:VMThreadStackSize=256",
            "-XX:CompilerThreadStackSize=512",
            "-Djdk.virtualThreadScheduler.parallelism=2",
            "-Djdk.virtualThreadScheduler.maxPoolSize=8",
            // Flow-control windows of HTTP/2; the defaults may buffer 16 MB per stream.
            "-Djdk.httpclient.windowsize=262144",
            "-Djdk.httpclient.connectionWindowSize=1048576",
            "-Djdk.httpclient.bufsize=8192",
            "-XX:+ExitOnOutOfMemoryError");

    private SyncerLauncher() {}

    /**
     * The command line of a syncer.
     *
     * @param java the {@code java} program of a JDK 25
     * @param classPath of this module and what it depends on at run time
     * @param arguments such as {@code run --hub …}
     */
    public static List<String> command(Path java, String classPath, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(FLAGS);
        command.add("-cp");
        command.add(classPath);
        command.add(MAIN_CLASS);
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** What to add to the environment: one arena is enough for the C library, each more costs resident memory. */
    public static Map<String, String> environment() {
        return Map.of("MALLOC_ARENA_MAX", "1");
    }
}
