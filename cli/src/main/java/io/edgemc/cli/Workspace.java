package io.edgemc.cli;

import io.edgemc.stack.HubDirectory;
import java.nio.file.Path;

/**
 * Where commands find the project and its data.
 *
 * @param home folder of the project
 * @param hub data of the local hub
 */
public record Workspace(Path home, HubDirectory hub) {
    /** Folder of the project, told by the launcher. */
    public static final String HOME = "edge-mc.home";

    /** Data folder for all commands, unless {@code --data} names another. */
    public static final String DATA_VARIABLE = "EDGE_MC_DATA";

    static Workspace of(@org.jspecify.annotations.Nullable Path data) {
        Path home = Path.of(System.getProperty(HOME, ".")).toAbsolutePath().normalize();
        String variable = System.getenv(DATA_VARIABLE);
        Path folder = data != null ? data : variable != null ? Path.of(variable) : home.resolve(".edge-mc");
        return new Workspace(home, new HubDirectory(folder));
    }

    /** What JVMs remember of earlier starts; belongs to a build, not to a hub's data. */
    public Path startCaches() {
        return home.resolve("target/start");
    }

    public Path syncerJar() {
        return home.resolve("edge-syncer/target/edge-syncer.jar");
    }

    /** The syncer as it is copied to edges elsewhere; written by the build. */
    public Path syncerDistribution() {
        return home.resolve("edge-syncer/target/edge-syncer.tar.gz");
    }

    /** What the syncer needs beside its jar, as a class path; written by the build. */
    public Path syncerClasspath() {
        return home.resolve("edge-syncer/target/classpath");
    }
}
