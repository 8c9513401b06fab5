package io.edgemc.servers.kube;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import io.edgemc.servers.process.UserCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The programs of a Kubernetes API server, all in one folder. They are looked for in the folder that the environment
 * variable {@code EDGE_MC_KUBE_BIN} names and, without it, in the user's cache.
 */
public record KubeBinaries(Path folder) {
    /** The version that this project is tested with. */
    public static final String VERSION = "1.36.3";

    /** Names the folder, before any other place. */
    public static final String VARIABLE = "EDGE_MC_KUBE_BIN";

    private static final List<String> PROGRAMS =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kubectl");

    /**
     * Those of this machine.
     *
     * @throws ServerFailure {@code BINARIES_MISSING}, with the command that builds them
     */
    public static KubeBinaries find() {
        return in(place());
    }

    /**
     * Those in the folder.
     *
     * @throws ServerFailure {@code BINARIES_MISSING}, with the command that builds them
     */
    public static KubeBinaries in(Path folder) {
        KubeBinaries binaries = new KubeBinaries(folder);
        if (!binaries.isComplete()) {
            throw new ServerFailure(Reason.BINARIES_MISSING, missing(folder));
        }
        return binaries;
    }

    private static Path place() {
        String named = System.getenv(VARIABLE);
        return named == null || named.isBlank()
                ? UserCache.folder("kube").resolve(VERSION + "-" + platform())
                : Path.of(named).toAbsolutePath();
    }

    private static String missing(Path folder) {
        return "The programs of a Kubernetes API server (" + String.join(", ", PROGRAMS) + " " + VERSION
                + ") are not in " + folder + ". Build them once with `tools/kube-testenv/build`"
                + " (needs Go and about 5 minutes), or set " + VARIABLE + " to a folder that has them.";
    }

    /** As Go names it, for example {@code linux-amd64}. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch");
        return system + "-" + ("aarch64".equals(machine) ? "arm64" : "amd64");
    }

    private boolean isComplete() {
        return PROGRAMS.stream().map(folder::resolve).allMatch(Files::isExecutable);
    }

    public Path etcd() {
        return folder.resolve("etcd");
    }

    public Path apiServer() {
        return folder.resolve("kube-apiserver");
    }

    public Path controllerManager() {
        return folder.resolve("kube-controller-manager");
    }

    public Path kubectl() {
        return folder.resolve("kubectl");
    }
}
