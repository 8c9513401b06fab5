package io.edgemc.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the kernel says of a process (Linux): memory and processor time. */
public final class ProcessFigures {
    private ProcessFigures() {}

    /** Resident memory in bytes, 0 if the process is gone. */
    public static long residentBytes(long pid) {
        return kibibytes(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:") * 1024;
    }

    /** Proportional share of memory in bytes: pages that several processes share are divided among them. */
    public static long proportionalBytes(long pid) {
        return kibibytes(Path.of("/proc", Long.toString(pid), "smaps_rollup"), "Pss:") * 1024;
    }

    /** The process and all that it started, proportionally. */
    public static long proportionalBytesOfTree(long pid) {
        return ProcessHandle.of(pid)
                        .map(process -> process.descendants()
                                .mapToLong(child -> proportionalBytes(child.pid()))
                                .sum())
                        .orElse(0L)
                + proportionalBytes(pid);
    }

    /** Processor time so far. */
    public static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .map(ProcessHandle::info)
                .flatMap(ProcessHandle.Info::totalCpuDuration)
                .orElse(Duration.ZERO);
    }

    /** Processor time so far of the process and all that it started. */
    public static Duration cpuOfTree(long pid) {
        Duration own = cpu(pid);
        Optional<Duration> children = ProcessHandle.of(pid)
                .map(process ->
                        process.descendants().map(child -> cpu(child.pid())).reduce(Duration.ZERO, Duration::plus));
        return own.plus(children.orElse(Duration.ZERO));
    }

    private static long kibibytes(Path file, String label) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith(label))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // Gone, or not Linux: there is nothing to measure.
            return 0;
        }
    }
}
