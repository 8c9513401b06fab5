package io.edgemc.door;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC-SHA-256 over the encoded claims. */
final class Signature {
    private Signature() {}

    static byte[] of(SecretKey key, String encodedClaims) {
        try {
            Mac mac = Mac.getInstance(IdentityKeys.ALGORITHM);
            mac.init(key);
            return mac.doFinal(encodedClaims.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HMAC-SHA-256", e);
        }
    }
}
