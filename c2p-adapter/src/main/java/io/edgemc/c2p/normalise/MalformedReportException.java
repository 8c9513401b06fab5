package io.edgemc.c2p.normalise;

/** An object that is no report, whatever its kind says. The message says where, and quotes nothing. */
public final class MalformedReportException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedReportException(String message) {
        super(message);
    }
}
