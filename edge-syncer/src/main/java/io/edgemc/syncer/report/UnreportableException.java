package io.edgemc.syncer.report;

/** An object is in a form that the hub does not take. The message says why. */
final class UnreportableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreportableException(String message) {
        super(message);
    }
}
