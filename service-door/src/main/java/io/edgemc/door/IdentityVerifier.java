package io.edgemc.door;

import io.edgemc.door.IdentityRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Believes the gateway and nobody else. A service's side. Thread-safe. */
public final class IdentityVerifier {
    private static final Duration SKEW = Duration.ofSeconds(5);
    private static final int LONGEST = 16 << 10;

    private final IdentityKeys keys;
    private final String audience;
    private final Clock clock;

    /** @param audience name of this service */
    public IdentityVerifier(IdentityKeys keys, String audience, Clock clock) {
        this.keys = keys;
        this.audience = audience;
        this.clock = clock;
    }

    /** The identity in a header's value; the signature is checked before anything in it is read. */
    public Identity verify(@Nullable String header) throws IdentityRefusedException {
        if (header == null || header.isEmpty()) {
            throw new IdentityRefusedException(Reason.ABSENT);
        }
        int dot = header.indexOf('.');
        if (dot < 1 || header.length() > LONGEST) {
            throw new IdentityRefusedException(Reason.MALFORMED);
        }
        String claims = header.substring(0, dot);
        requireSigned(claims, header.substring(dot + 1));
        Identity identity = IdentityClaims.decode(claims);
        requireValidNow(identity);
        if (!identity.audience().equals(audience)) {
            throw new IdentityRefusedException(Reason.WRONG_AUDIENCE);
        }
        return identity;
    }

    private void requireSigned(String claims, String encodedSignature) throws IdentityRefusedException {
        byte[] signature;
        try {
            signature = Base64.getUrlDecoder().decode(encodedSignature.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new IdentityRefusedException(Reason.MALFORMED);
        }
        boolean signed = false;
        for (var key : keys.verifying()) {
            signed |= MessageDigest.isEqual(Signature.of(key, claims), signature);
        }
        if (!signed) {
            throw new IdentityRefusedException(Reason.FORGED);
        }
    }

    private void requireValidNow(Identity identity) throws IdentityRefusedException {
        Instant now = clock.instant();
        if (now.isBefore(identity.issuedAt().minus(SKEW))
                || !now.isBefore(identity.expiresAt().plus(SKEW))) {
            throw new IdentityRefusedException(Reason.EXPIRED);
        }
    }
}
