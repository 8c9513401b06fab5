package io.edgemc.servers.testing;

import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.kube.LocalEdgeOptions;
import io.edgemc.servers.process.ScratchFolder;

/**
 * One edge cluster per test JVM, started at first use, gone with the JVM. For test classes with
 * {@link RequiresLocalEdge}. Thread-safe; tests keep apart by namespaces and names of their own.
 */
public final class TestEdge {
    private TestEdge() {}

    /** The edge. */
    public static LocalEdge shared() {
        return Shared.EDGE;
    }

    /** The language's own lazy and thread-safe start. */
    private static final class Shared {
        private static final LocalEdge EDGE = start();

        private static LocalEdge start() {
            KubeBinaries binaries = KubeBinaries.find();
            ScratchFolder folder = ScratchFolder.create("edge");
            LocalEdge edge =
                    LocalEdge.start(LocalEdgeOptions.fast("edge", folder.path().resolve("server")), binaries);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(edge, folder), "end-test-edge"));
            return edge;
        }

        private static void end(LocalEdge edge, ScratchFolder folder) {
            try (folder) {
                edge.close();
            }
        }
    }
}
