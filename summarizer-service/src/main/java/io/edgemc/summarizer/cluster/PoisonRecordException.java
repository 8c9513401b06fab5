package io.edgemc.summarizer.cluster;

/** A record can never be processed, and nothing was changed because of it. The message holds nothing confidential. */
public final class PoisonRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PoisonRecordException(String message) {
        super(message);
    }
}
