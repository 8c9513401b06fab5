package io.edgemc.servers.process;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary folder for servers that go away with this JVM. Whoever makes one first clears those of JVMs that ended
 * without doing so (killed, crashed), their server processes included, so that nothing piles up.
 */
public final class ScratchFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ScratchFolder.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Path folder;
    private final DirectoryLock lock;

    private ScratchFolder(Path folder, DirectoryLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** A new, empty folder (owner only) under the system's temporary folder. */
    public static ScratchFolder create(String purpose) {
        Path base = Path.of(System.getProperty("java.io.tmpdir"), "edge-mc-scratch-" + System.getProperty("user.name"));
        try {
            OwnerOnly.createDirectories(base);
            clearAbandoned(base);
            Path folder = Files.createTempDirectory(base, purpose + "-");
            return new ScratchFolder(folder, DirectoryLock.take(folder));
        } catch (IOException e) {
            throw new ServerFailure(
                    Reason.DIRECTORY_UNUSABLE, "Cannot make a temporary folder in " + base + ": " + e.getMessage(), e);
        }
    }

    public Path path() {
        return folder;
    }

    /** Ends the servers that still run in it and deletes it. */
    @Override
    public void close() {
        try {
            clear(folder);
        } catch (IOException e) {
            log.warn("Cannot delete the temporary folder {}: {}", folder, e.getMessage());
        } finally {
            lock.close();
        }
    }

    private static void clearAbandoned(Path base) throws IOException {
        List<Path> folders;
        try (Stream<Path> found = Files.list(base)) {
            folders = found.filter(ScratchFolder::isOld).toList();
        }
        for (Path abandoned : folders) {
            Optional<DirectoryLock> lock = DirectoryLock.tryTake(abandoned);
            if (lock.isPresent()) {
                try (DirectoryLock held = lock.get()) {
                    clear(abandoned);
                } catch (IOException e) {
                    log.warn("Cannot clear the abandoned temporary folder {}: {}", abandoned, e.getMessage());
                }
            }
        }
    }

    /** A folder without a lock file may be one that its maker is about to lock. */
    private static boolean isOld(Path folder) {
        return Files.exists(folder.resolve(DirectoryLock.FILE_NAME));
    }

    private static void clear(Path folder) throws IOException {
        List<Path> pidFiles;
        try (Stream<Path> files = Files.walk(folder, 3)) {
            pidFiles = files.filter(file -> file.toString().endsWith(".pid")).toList();
        }
        for (Path file : pidFiles) {
            new PidFile(file).liveProcess().ifPresent(ScratchFolder::end);
        }
        deleteTree(folder);
    }

    private static void end(ProcessHandle process) {
        if (!Signal.INT.end(process, GRACE)) {
            Signal.KILL.end(process, GRACE);
        }
    }

    /** Deletes a folder and all in it; links are not followed; an absent one is fine. */
    public static void deleteTree(Path folder) throws IOException {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                    Files.deleteIfExists(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // Gone already, which is what was asked for.
        }
    }
}
