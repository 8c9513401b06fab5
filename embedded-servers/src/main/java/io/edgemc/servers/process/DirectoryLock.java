package io.edgemc.servers.process;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says which JVM owns a data directory. The operating system frees the lock when that JVM ends, however it ends, so
 * what is found in an unlocked directory belongs to nobody.
 */
public final class DirectoryLock implements AutoCloseable {
    /** In the directory; stays there when the lock is free. */
    public static final String FILE_NAME = "owner.lock";

    /**
     * The lock files that this JVM holds. A POSIX lock belongs to the process and is gone as soon as the process closes
     * any descriptor of the file, so a second attempt must not even open it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Creates the directory (owner only) where it is absent and takes its lock.
     *
     * @throws ServerFailure {@code DIRECTORY_IN_USE} if a live JVM has it, {@code DIRECTORY_UNUSABLE} if it cannot be
     *     written
     */
    public static DirectoryLock take(Path directory) {
        return tryTake(directory)
                .orElseThrow(() -> new ServerFailure(
                        Reason.DIRECTORY_IN_USE,
                        "The data directory " + directory
                                + " is in use by another running process. Stop that one, or use another directory."));
    }

    /** As {@link #take}, but empty if a live JVM, this one included, has it. */
    public static Optional<DirectoryLock> tryTake(Path directory) {
        try {
            OwnerOnly.createDirectories(directory);
            Path file = directory.toRealPath().resolve(FILE_NAME);
            if (!HELD.add(file)) {
                return Optional.empty();
            }
            Optional<DirectoryLock> lock = Optional.empty();
            try {
                lock = lock(file);
                return lock;
            } finally {
                if (lock.isEmpty()) {
                    HELD.remove(file);
                }
            }
        } catch (IOException e) {
            throw new ServerFailure(
                    Reason.DIRECTORY_UNUSABLE,
                    "Cannot write to the data directory " + directory + ": " + e.getMessage(),
                    e);
        }
    }

    private static Optional<DirectoryLock> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new DirectoryLock(file, channel));
    }

    /** Lets go. Idempotent. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new ServerFailure(Reason.DIRECTORY_UNUSABLE, "Cannot release " + file + ": " + e.getMessage(), e);
        } finally {
            HELD.remove(file);
        }
    }
}
