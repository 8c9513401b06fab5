package io.edgemc.mailbox.authority;

/** A certificate signing request that is not signed, and why; the message may be shown to who sent it. */
public final class SigningRequestRefusedException extends RuntimeException {
    public SigningRequestRefusedException(String message) {
        super(message);
    }
}
