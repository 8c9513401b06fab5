package io.edgemc.servers.kube;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.process.LoopbackPort;
import io.edgemc.servers.process.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Remembers the API server's port, so that kubeconfig files in other hands stay good over a restart. */
final class EdgePorts {
    private final Path file;

    EdgePorts(Path folder) {
        this.file = folder.resolve("port");
    }

    /** The port of the last start; 0 if there was none. */
    int last() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file).strip();
        return text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : 0;
    }

    /** The asked port or, for 0, the last one or any free one. It is remembered. */
    int choose(int asked) throws IOException {
        int port = asked == 0 ? lastOrFree() : LoopbackPort.choose(asked);
        OwnerOnly.write(file, port + "\n");
        return port;
    }

    private int lastOrFree() throws IOException {
        try {
            return LoopbackPort.choose(last());
        } catch (ServerFailure e) {
            return LoopbackPort.choose(0);
        }
    }
}
