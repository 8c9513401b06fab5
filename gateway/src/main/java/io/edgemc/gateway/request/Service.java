package io.edgemc.gateway.request;

/** A service behind the gateway. */
public enum Service {
    PLACEMENT("placement-service"),
    MAILBOX("mailbox-service"),
    SUMMARIZER("summarizer-service"),
    C2P("c2p-adapter");

    private final String audience;

    Service(String audience) {
        this.audience = audience;
    }

    /** Its name, for which identities are signed. */
    public String audience() {
        return audience;
    }
}
