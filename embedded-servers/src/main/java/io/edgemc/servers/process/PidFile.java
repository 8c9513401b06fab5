package io.edgemc.servers.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Remembers a child process beyond the life of this JVM: its pid and the time at which it started, because pids are
 * used again.
 */
public final class PidFile {
    /** The kernel's clock ticks and a corrected wall clock make the two readings differ a little. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Path file;

    public PidFile(Path file) {
        this.file = file;
    }

    /** Records the process, replacing what was there. */
    public void write(ProcessHandle process) throws IOException {
        // Absent if it has ended already, and then there is nothing to find again.
        String started = process.info().startInstant().map(Instant::toString).orElse("ended");
        OwnerOnly.write(file, process.pid() + " " + started + "\n");
    }

    /** The recorded process if it is still that one and alive. An unreadable file counts as none. */
    public Optional<ProcessHandle> liveProcess() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split(" ", -1);
        if (words.length != 2 || !words[0].matches("[1-9]\\d{0,9}")) {
            return Optional.empty();
        }
        try {
            return liveProcess(Long.parseLong(words[0]), Instant.parse(words[1]));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The process of that pid, if it is alive and started then: pids are used again. */
    public static Optional<ProcessHandle> liveProcess(long pid, Instant started) {
        return ProcessHandle.of(pid).filter(Exits::isRunning).filter(process -> startedAt(process, started));
    }

    /** Forgets the process. */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private static boolean startedAt(ProcessHandle process, Instant expected) {
        return process.info()
                .startInstant()
                .filter(actual -> Duration.between(expected, actual).abs().compareTo(TOLERANCE) <= 0)
                .isPresent();
    }
}
