package io.edgemc.servers.process;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user's cache folder of edge-mc: {@code ${XDG_CACHE_HOME:-~/.cache}/edge-mc}. */
public final class UserCache {
    private UserCache() {}

    /** The folder of that name in the cache; it may not exist yet. */
    public static Path folder(String name) {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path base = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("edge-mc").resolve(name);
    }

    /** As {@link #folder}, and it exists on return. */
    public static Path existingFolder(String name) {
        Path folder = folder(name);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ServerFailure(
                    Reason.DIRECTORY_UNUSABLE,
                    "Cannot create the cache folder " + folder + ": " + e.getMessage()
                            + ". Set XDG_CACHE_HOME to a folder that can be written.",
                    e);
        }
    }
}
