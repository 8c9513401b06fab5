package io.edgemc.kube.clients;

import io.edgemc.kube.conformance.Reference;
import io.edgemc.kube.conformance.Space;
import io.edgemc.servers.process.ScratchFolder;
import java.nio.file.Path;

/** The two servers that are compared, started once for all suites of a test JVM. */
final class BothSides implements AutoCloseable {
    private final ScratchFolder scratch = ScratchFolder.create("kube-clients");
    private final Reference reference;
    private final Space space;

    BothSides() {
        try {
            reference = Reference.start(scratch.path());
            space = Space.start(scratch.path());
        } catch (Exception e) {
            throw new IllegalStateException("the servers do not start", e);
        }
    }

    Reference reference() {
        return reference;
    }

    Space space() {
        return space;
    }

    /** For what clients read and write. */
    Path folder() {
        return scratch.path();
    }

    @Override
    public void close() {
        try (ScratchFolder endedLast = scratch;
                Reference ended = reference;
                Space endedFirst = space) {
            // Nothing else to do.
        }
    }
}
