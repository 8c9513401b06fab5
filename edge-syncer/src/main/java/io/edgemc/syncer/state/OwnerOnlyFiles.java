package io.edgemc.syncer.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only their owner can read (0600, 0700), replaced whole or not at all. */
public final class OwnerOnlyFiles {
    private static final FileAttribute<Set<PosixFilePermission>> FILE = attribute("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER = attribute("rwx------");

    private OwnerOnlyFiles() {}

    public static Path folder(Path folder) throws IOException {
        return Files.createDirectories(folder, FOLDER);
    }

    /** Replaces the file durably: a crash leaves the old or the new one. */
    public static void replaceDurably(Path file, byte[] bytes) throws IOException {
        write(file, bytes, true);
        syncFolder(file);
    }

    /** Replaces the file at once but not durably: a power failure may leave it damaged, a killed process does not. */
    public static void replace(Path file, byte[] bytes) throws IOException {
        write(file, bytes, false);
    }

    /** An empty file to append to; fails if it exists. */
    static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE);
    }

    /** Makes a rename durable. */
    static void syncFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void write(Path file, byte[] bytes, boolean durably) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel channel = createOver(part)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (durably) {
                channel.force(true);
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileChannel createOver(Path part) throws IOException {
        try {
            return create(part);
        } catch (FileAlreadyExistsException left) {
            // Left by a process that was killed while it wrote.
            Files.delete(part);
            return create(part);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
