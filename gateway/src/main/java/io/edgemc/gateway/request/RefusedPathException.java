package io.edgemc.gateway.request;

/** A path that could mean two things. */
public final class RefusedPathException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedPathException(String message) {
        super(message);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
