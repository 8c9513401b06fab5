package io.edgemc.servers;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server could not be started, used or stopped. The message says what happened and what to do; it never holds a
 * secret.
 */
public final class ServerFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Stable reasons; {@link #code()} is what scripts and messages show. */
    public enum Reason {
        /** Another live process holds the data directory. */
        DIRECTORY_IN_USE("server.directory-in-use"),
        /** The directory cannot be created, read or written (permissions, full disk). */
        DIRECTORY_UNUSABLE("server.directory-unusable"),
        /** The requested port is taken. */
        PORT_IN_USE("server.port-in-use"),
        /** The server's binaries are not on this machine. */
        BINARIES_MISSING("server.binaries-missing"),
        /** This machine cannot run the server (platform, missing system tool). */
        UNSUPPORTED_MACHINE("server.unsupported-machine"),
        /** The process ended while it was needed. */
        DIED("server.died"),
        /** The process runs, but was not ready in time. */
        NOT_READY("server.not-ready"),
        /** A running server refused a request. */
        REFUSED("server.refused"),
        /** The calling thread was interrupted. */
        INTERRUPTED("server.interrupted");

        private final String code;

        Reason(String code) {
            this.code = code;
        }
    }

    private final Reason reason;

    public ServerFailure(Reason reason, String message) {
        this(reason, message, null);
    }

    public ServerFailure(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }

    /** Why, for a caller that can do something about it. */
    public Reason reason() {
        return reason;
    }

    /** The stable code, for example {@code server.port-in-use}. */
    public String code() {
        return reason.code;
    }

    /** To be thrown where a wait was interrupted; keeps the thread's interrupted state. */
    public static ServerFailure interrupted(String during, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ServerFailure(Reason.INTERRUPTED, "Interrupted while " + during, cause);
    }
}
