package io.edgemc.cli.hub;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a hub's process has written, for other eyes than those of people. */
final class HubLog {
    /** How lines begin that the hub writes for people. */
    private static final String OWN_LINE = "edge-mc: ";

    private static final int MOST_LINES = 40;
    private static final int MOST_BYTES = 1 << 20;

    private final Path file;

    HubLog(Path file) {
        this.file = file;
    }

    /** How long it is, in bytes: what comes later belongs to the next start. */
    long length() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** What the hub said last of why it cannot start, of what was written after {@code from}. */
    Optional<String> reason(long from) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(from, in.length() - MOST_BYTES);
            in.seek(start);
            byte[] bytes = new byte[(int) Math.max(0, in.length() - start)];
            in.readFully(bytes);
            return reason(new String(bytes, StandardCharsets.UTF_8).lines().toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> reason(List<String> lines) {
        for (int last = lines.size() - 1; last >= 0; last--) {
            if (lines.get(last).startsWith(OWN_LINE)) {
                // What follows, such as the end of a server's log, belongs to it; log lines of the hub's end do not.
                return Optional.of(lines.subList(last, Math.min(lines.size(), last + MOST_LINES)).stream()
                        .filter(line -> !line.startsWith("{"))
                        .collect(Collectors.joining("\n"))
                        .substring(OWN_LINE.length()));
            }
        }
        return Optional.empty();
    }
}
