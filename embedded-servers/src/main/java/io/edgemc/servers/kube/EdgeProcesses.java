package io.edgemc.servers.kube;

import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.process.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The processes of an edge; {@code controllers} is null for an API server alone. The API server and the controllers keep nothing, so they are killed, users before what
 * they use; waiting for them to drain would take seconds. etcd ends in its own way.
 */
record EdgeProcesses(
        ChildProcess etcd, ChildProcess apiServer, @Nullable ChildProcess controllers) {
    static final String ETCD = "etcd";
    static final String API_SERVER = "kube-apiserver";
    static final String CONTROLLERS = "kube-controller-manager";

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Those that an earlier JVM left in the folder, if they are alive and exactly those that are wanted. */
    static Optional<EdgeProcesses> adopt(Path folder, LocalEdgeOptions.Extent wanted) {
        Optional<ChildProcess> etcd = ChildProcess.adopt(ETCD, folder);
        Optional<ChildProcess> apiServer = ChildProcess.adopt(API_SERVER, folder);
        Optional<ChildProcess> controllers = ChildProcess.adopt(CONTROLLERS, folder);
        boolean fits = controllers.isPresent() == (wanted == LocalEdgeOptions.Extent.CLUSTER);
        return etcd.isPresent() && apiServer.isPresent() && fits
                ? Optional.of(new EdgeProcesses(etcd.get(), apiServer.get(), controllers.orElse(null)))
                : Optional.empty();
    }

    /** Ends whatever an earlier JVM left in the folder. True if there was anything. */
    static boolean endOrphans(Path folder) {
        boolean found = ChildProcess.endOrphan(CONTROLLERS, folder, Signal.KILL, GRACE);
        found |= ChildProcess.endOrphan(API_SERVER, folder, Signal.KILL, GRACE);
        found |= ChildProcess.endOrphan(ETCD, folder, Signal.TERM, GRACE);
        return found;
    }

    boolean areAlive() {
        return etcd.isAlive() && apiServer.isAlive() && (controllers == null || controllers.isAlive());
    }

    void stop() {
        if (controllers != null) {
            controllers.stop(Signal.KILL, GRACE);
        }
        apiServer.stop(Signal.KILL, GRACE);
        etcd.stop(Signal.TERM, GRACE);
    }
}
