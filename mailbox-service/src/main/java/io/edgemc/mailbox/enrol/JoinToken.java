package io.edgemc.mailbox.enrol;

import java.time.Instant;

/** A join token, at the only moment when its text is known here. */
public record JoinToken(String text, String clusterUid, Instant expiresAt) {
    @Override
    public String toString() {
        return "JoinToken[of " + clusterUid + ", until " + expiresAt + "]";
    }
}
