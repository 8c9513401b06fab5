package io.edgemc.c2p.normalise;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUIDs of version 5 (RFC 9562): the same names give the same id, anywhere and always. */
public final class NameUuid {
    /** Namespace of all ids that this service makes up. */
    private static final UUID NAMESPACE = UUID.fromString("6f1c3f4e-4f0b-5d8e-9c58-3a7f0b1d2e64");

    private NameUuid() {}

    /** The id of a sequence of names. */
    public static String of(String... names) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .flip());
            // No name holds a NUL, so no two sequences are written alike.
            ByteBuffer hash =
                    ByteBuffer.wrap(sha1.digest(String.join("\0", names).getBytes(StandardCharsets.UTF_8)));
            long high = hash.getLong() & ~0xF000L | 0x5000L;
            long low = hash.getLong() & ~(0b11L << 62) | 0b10L << 62;
            return new UUID(high, low).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }
}
