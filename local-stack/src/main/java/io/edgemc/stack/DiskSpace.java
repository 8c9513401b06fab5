package io.edgemc.stack;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the disk under a folder has room for a hub. */
public final class DiskSpace {
    /** Less is full: the database and the broker each take files of 16 MB and more at once. */
    private static final long NEEDED_MB = 128;

    private DiskSpace() {}

    /**
     * What is wrong with the space on the disk that the folder is on, or would be on, and what to do; empty if it is enough.
     *
     * @throws IOException if the disk cannot be asked
     */
    public static Optional<String> complaint(Path folder) throws IOException {
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        FileStore disk = Files.getFileStore(there);
        return complaint(folder, disk.getUsableSpace(), disk.getTotalSpace());
    }

    /** The same of a disk that has so many bytes, and so many left for us. */
    static Optional<String> complaint(Path folder, long usable, long total) {
        long left = usable >> 20;
        return left >= NEEDED_MB
                ? Optional.empty()
                : Optional.of("the disk of " + folder + " is full: " + left + " MB of " + (total >> 20)
                        + " MB are left, and a hub needs " + NEEDED_MB
                        + " MB to run. Make room, or choose another folder by --data; what is stored is kept");
    }

    /** Throws {@link ServerFailure} with the complaint if there is one. */
    static void require(Path folder) throws IOException {
        Optional<String> complaint = complaint(folder);
        if (complaint.isPresent()) {
            throw new ServerFailure(Reason.DIRECTORY_UNUSABLE, complaint.get());
        }
    }
}
