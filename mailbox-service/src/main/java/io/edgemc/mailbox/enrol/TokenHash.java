package io.edgemc.mailbox.enrol;

import io.edgemc.api.content.Digest;

/** What is kept of a join token. A token is 256 random bits, so a plain hash gives nothing away. */
record TokenHash(Digest digest) {
    static TokenHash of(String token) {
        return new TokenHash(Digest.sha256(token));
    }

    byte[] bytes() {
        return digest.bytes();
    }

    /** Enough to find a token's traces in a log, too little to guess it. */
    String hint() {
        return digest.hex().substring(0, 8);
    }
}
