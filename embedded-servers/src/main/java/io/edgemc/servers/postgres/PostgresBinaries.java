package io.edgemc.servers.postgres;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import io.edgemc.servers.process.ScratchFolder;
import io.edgemc.servers.process.UserCache;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The server's programs, unpacked once per user and version from the archive on the class path. The folder's name is
 * the archive's digest, so a new version never meets an old folder, and a folder is complete as soon as it is there.
 */
record PostgresBinaries(Path folder) {
    static PostgresBinaries unpacked() {
        byte[] archive = archive();
        Path cache = UserCache.existingFolder("postgres");
        Path folder = cache.resolve(digest(archive));
        if (!Files.isDirectory(folder)) {
            try {
                unpackBeside(folder, archive);
            } catch (IOException e) {
                throw new ServerFailure(
                        Reason.DIRECTORY_UNUSABLE,
                        "Cannot unpack PostgreSQL into " + folder + ": " + e.getMessage()
                                + ". It needs about 60 MB there.",
                        e);
            }
        }
        return new PostgresBinaries(folder);
    }

    Path initdb() {
        return folder.resolve("bin/initdb");
    }

    Path postgres() {
        return folder.resolve("bin/postgres");
    }

    private static byte[] archive() {
        String system = System.getProperty("os.name");
        String machine = System.getProperty("os.arch");
        try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine)) {
            if (in != null) {
                return in.readAllBytes();
            }
        } catch (IOException | IllegalStateException e) {
            throw unsupported(system, machine, e);
        }
        throw unsupported(system, machine, new IOException("no archive on the class path"));
    }

    private static ServerFailure unsupported(String system, String machine, Exception cause) {
        return new ServerFailure(
                Reason.UNSUPPORTED_MACHINE,
                "There is no PostgreSQL for " + system + " on " + machine + " on the class path: " + cause.getMessage(),
                cause);
    }

    private static String digest(byte[] archive) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static void unpackBeside(Path folder, byte[] archive) throws IOException {
        Path draft = Files.createTempDirectory(folder.getParent(), ".unpacking");
        try {
            unpack(archive, draft);
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            // Another JVM was faster, with the same content.
        } finally {
            ScratchFolder.deleteTree(draft);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(new ByteArrayInputStream(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, target);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        Path file = entry.resolveIn(target);
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(
                    file,
                    Set.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE,
                            PosixFilePermission.GROUP_READ,
                            PosixFilePermission.GROUP_EXECUTE,
                            PosixFilePermission.OTHERS_READ,
                            PosixFilePermission.OTHERS_EXECUTE));
        }
    }
}
