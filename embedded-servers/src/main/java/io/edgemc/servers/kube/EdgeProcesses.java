package io.edgemc.servers.kube;

import io.edgemc.servers.process.ChildProcess;
import io.edgemc.servers.process.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The three processes of an edge. */
record EdgeProcesses(ChildProcess etcd, ChildProcess apiServer, ChildProcess controllers) {
    static final String ETCD = "etcd";
    static final String API_SERVER = "kube-apiserver";
    static final String CONTROLLERS = "kube-controller-manager";

    /** Users before what they use. */
    private static final List<String> END_ORDER = List.of(CONTROLLERS, API_SERVER, ETCD);

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
        boolean found = false;
        for (String name : END_ORDER) {
            found |= ChildProcess.endOrphan(name, folder, Signal.TERM, GRACE);
        }
        return found;
    }

    boolean areAlive() {
        return etcd.isAlive() && apiServer.isAlive() && controllers.isAlive();
    }

    void stop() {
        // Nothing is lost by ending these two at once; an API server that drains takes a second or more.
        controllers.stop(Signal.KILL, GRACE);
        apiServer.stop(Signal.KILL, GRACE);
        etcd.stop(Signal.TERM, GRACE);
    }
}
