package io.edgemc.servers.postgres;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.io.IOException;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own the same user keeps its files, but is not root any
 * more: nothing has to change hands.
 */
final class Unprivileged {
    private static final List<String> NAMESPACE = List.of("unshare", "-U");

    private Unprivileged() {}

    /** What to put before a command line; empty for an ordinary user. */
    static List<String> prefix() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (!namespacesWork()) {
            throw new ServerFailure(
                    Reason.UNSUPPORTED_MACHINE,
                    "PostgreSQL does not run as root, and this machine does not allow user namespaces (`unshare -U`)."
                            + " Run as an ordinary user, or allow user namespaces"
                            + " (in a container: --security-opt seccomp=unconfined).");
        }
        return NAMESPACE;
    }

    private static boolean namespacesWork() {
        try {
            return new ProcessBuilder("unshare", "-U", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw ServerFailure.interrupted("looking for user namespaces", e);
        }
    }
}
