package io.edgemc.cli;

import io.edgemc.stack.HubDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells data of edge-mc from a folder that somebody named by mistake and must not lose. */
final class DataFolder {
    private DataFolder() {}

    /**
     * The hubs whose data is in the folder: its own, and those of demos and benchmarks, which are folders in it. Empty if there is
     * anything else.
     */
    static Optional<List<HubDirectory>> hubsIn(Path folder) {
        List<HubDirectory> hubs = new ArrayList<>();
        boolean own = isHub(folder);
        if (own) {
            hubs.add(new HubDirectory(folder));
        }
        try (Stream<Path> content = Files.list(folder)) {
            List<Path> all = content.toList();
            List<HubDirectory> inner = all.stream()
                    .filter(DataFolder::isOfACommand)
                    .map(HubDirectory::new)
                    .toList();
            hubs.addAll(inner);
            return own || inner.size() == all.size() ? Optional.of(hubs) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfACommand(Path folder) {
        String name = folder.getFileName().toString();
        return (name.startsWith("demo-") || name.startsWith("bench-")) && isHub(folder);
    }

    /** Any start leaves the lock's file; the keyring is there from the first complete one. Other names are anybody's. */
    private static boolean isHub(Path folder) {
        HubDirectory hub = new HubDirectory(folder);
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && (Files.isRegularFile(hub.lock()) || Files.isRegularFile(hub.keyRing()));
    }
}
