package io.edgemc.api.content;

import org.jspecify.annotations.Nullable;

/**
 * A content as it rests and travels.
 *
 * @param digest its address
 * @param kind what it is
 * @param bytes canonical JSON, or sealed bytes if {@code keyId} is given; must not be changed
 * @param keyId id of the key that seals it, null if it is not secret
 */
public record Content(
        Digest digest,
        ContentKind kind,
        byte[] bytes,
        @Nullable String keyId) {
    /** Content that is not secret, addressed by the SHA-256 of its canonical bytes. */
    public static Content plain(ContentKind kind, byte[] canonical) {
        return new Content(Digest.sha256(canonical), kind, canonical, null);
    }

    public boolean sealed() {
        return keyId != null;
    }
}
