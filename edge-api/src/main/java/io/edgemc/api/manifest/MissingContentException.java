package io.edgemc.api.manifest;

import io.edgemc.api.content.Digest;

/** A content that something refers to is not here, or not yet. */
public final class MissingContentException extends RuntimeException {
    private final transient Digest digest;

    public MissingContentException(Digest digest) {
        super("content is missing: " + digest);
        this.digest = digest;
    }

    public Digest digest() {
        return digest;
    }
}
