package io.edgemc.cli;

/** A command cannot do its work; the message says why and what to do, and is all that people see. */
public final class CommandFailure extends RuntimeException {
    public CommandFailure(String message) {
        super(message);
    }

    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
