package io.edgemc.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that only grows, mode 0600; when it is full it becomes {@code <name>.1}, that one {@code <name>.2}, and so on.
 * Used by one thread.
 */
public final class AuditFile {
    private static final Logger log = LoggerFactory.getLogger(AuditFile.class);

    private final Path file;
    private final long maxBytes;
    private final int keep;
    private @Nullable FileChannel channel;

    /**
     * @param maxBytes size at which a new file begins
     * @param keep how many full files stay
     */
    public AuditFile(Path file, long maxBytes, int keep) {
        if (maxBytes < 1 || keep < 1) {
            throw new IllegalArgumentException("the audit log has a size and keeps at least one full file");
        }
        this.file = file.toAbsolutePath();
        this.maxBytes = maxBytes;
        this.keep = keep;
    }

    /** Returns when the bytes are on the disk. */
    void append(ByteBuffer lines) throws IOException {
        FileChannel open = channel;
        if (open != null && open.size() >= maxBytes) {
            close();
            rotate();
            open = null;
        }
        if (open == null) {
            open = open();
            channel = open;
        }
        try {
            while (lines.hasRemaining()) {
                open.write(lines);
            }
            open.force(false);
        } catch (IOException e) {
            // Part of a line may be in the file; opening it again ends that line.
            close();
            throw e;
        }
    }

    /** A line that a full disk or a killed process cut off is ended, so that the next one stands by itself. */
    private FileChannel open() throws IOException {
        FileChannel opened = openFile();
        try {
            if (endsWithinLine()) {
                opened.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private boolean endsWithinLine() throws IOException {
        try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return reading.size() > 0 && reading.read(last, reading.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    private FileChannel openFile() throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private void rotate() throws IOException {
        for (int i = keep; i >= 1; i--) {
            Path from = i == 1 ? file : numbered(i - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                log.warn("The audit log did not close cleanly", e);
            }
        }
    }
}
