package io.edgemc.door;

/** An assertion that is not believed. The message never quotes it. */
public final class IdentityRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why; the text is a stable code. */
    public enum Reason {
        ABSENT("identity-absent", "the request did not come through the gateway"),
        MALFORMED("identity-malformed", "the identity cannot be read"),
        FORGED("identity-forged", "the identity is not signed by this hub's gateway"),
        EXPIRED("identity-expired", "the identity is not valid at this time"),
        WRONG_AUDIENCE("identity-wrong-audience", "the identity is for another service");

        private final String code;
        private final String message;

        Reason(String code, String message) {
            this.code = code;
            this.message = message;
        }

        public String code() {
            return code;
        }

        public String message() {
            return message;
        }
    }

    private final Reason reason;

    IdentityRefusedException(Reason reason) {
        super(reason.message());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
