package io.edgemc.api.content;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Address of a content: 32 bytes, SHA-256 of its canonical bytes, or a keyed hash for content that is secret. Written as 64
 * lowercase hex digits.
 */
public final class Digest implements Comparable<Digest> {
    public static final int BYTES = 32;
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps a copy of exactly 32 bytes. */
    public static Digest of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has " + BYTES + " bytes, not " + bytes.length);
        }
        return new Digest(bytes.clone());
    }

    /** Reads 64 hex digits; throws {@link IllegalArgumentException} otherwise. */
    @JsonCreator
    public static Digest parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a digest has " + 2 * BYTES + " hex digits, not " + hex.length());
        }
        return new Digest(HEX.parseHex(hex));
    }

    /** SHA-256 of the bytes. */
    public static Digest sha256(byte[] content) {
        return new Digest(sha256().digest(content));
    }

    /** SHA-256 of the UTF-8 form. */
    public static Digest sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The byte at an index of 0 to 31, as 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    @JsonValue
    public String hex() {
        return HEX.formatHex(bytes);
    }

    @Override
    public int compareTo(Digest other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    }

    @Override
    public String toString() {
        return hex();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
