package io.edgemc.servers.kube;

import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.process.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The three processes of an edge. The API server and the controllers keep nothing, so they are killed, users before what
 * they use; waiting for them to drain would take seconds. etcd ends in its own way.
 */
record EdgeProcesses(ChildProcess etcd, ChildProcess apiServer, ChildProcess controllers) {
    static final String ETCD = "etcd";
    static final String API_SERVER = "kube-apiserver";
    static final String CONTROLLERS = "kube-controller-manager";

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Those that an earlier JVM left in the folder, if all three are alive. */
    static Optional<EdgeProcesses> adopt(Path folder) {
        return ChildProcess.adopt(ETCD, folder)
                .flatMap(etcd -> ChildProcess.adopt(API_SERVER, folder)
                        .flatMap(apiServer -> ChildProcess.adopt(CONTROLLERS, folder)
                                .map(controllers -> new EdgeProcesses(etcd, apiServer, controllers))));
    }

    /** Ends whatever an earlier JVM left in the folder. True if there was anything. */
    static boolean endOrphans(Path folder) {
        boolean found = ChildProcess.endOrphan(CONTROLLERS, folder, Signal.KILL, GRACE);
        found |= ChildProcess.endOrphan(API_SERVER, folder, Signal.KILL, GRACE);
        found |= ChildProcess.endOrphan(ETCD, folder, Signal.TERM, GRACE);
        return found;
    }

    boolean areAlive() {
        return etcd.isAlive() && apiServer.isAlive() && controllers.isAlive();
    }

    void stop() {
        controllers.stop(Signal.KILL, GRACE);
        apiServer.stop(Signal.KILL, GRACE);
        etcd.stop(Signal.TERM, GRACE);
    }
}
