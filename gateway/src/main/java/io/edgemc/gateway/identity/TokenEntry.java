package io.edgemc.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token as it is kept: never the token, only its hash.
 *
 * @param user who holds it
 * @param groups of who holds it
 * @param sha256 of the token's bytes, 64 lower-case hex digits
 * @param expiresAt from when on it is refused; null: never
 */
public record TokenEntry(
        String user,
        List<String> groups,
        String sha256,
        @Nullable Instant expiresAt) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public TokenEntry {
        if (user.isBlank()) {
            throw new IllegalArgumentException("a token belongs to somebody: 'user' is missing");
        }
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("'sha256' of the token of " + user + " is not 64 lower-case hex digits");
        }
        groups = List.copyOf(groups);
    }

    /** The entry for a token. */
    public static TokenEntry of(String user, List<String> groups, String token) {
        return new TokenEntry(user, groups, hash(token), null);
    }

    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
