package io.edgemc.api.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secret content at rest (AES-256-GCM) and gives it a keyed digest (HMAC-SHA-256), so that equal or guessable values show
 * nowhere. Keys have ids: the first one seals, all of them open, so a key is rotated by putting a new one in front. The digest
 * key is never rotated with them, else every secret would seem changed.
 *
 * <p>File form, one line per key: {@code digest <base64 of 32 bytes>} once, then {@code <id> <base64 of 32 bytes>}. Thread-safe.
 */
public final class KeyRing {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** By how much sealed bytes are longer than plain ones. */
    public static final int SEALED_OVERHEAD = NONCE_BYTES + TAG_BITS / 8;

    private final SecretKeySpec digestKey;
    private final Map<String, SecretKeySpec> keys;
    private final String sealingKey;
    private final SecureRandom random = new SecureRandom();

    private KeyRing(SecretKeySpec digestKey, Map<String, SecretKeySpec> keys) {
        this.digestKey = digestKey;
        this.keys = keys;
        this.sealingKey = keys.keySet().iterator().next();
    }

    /** Reads the file form; throws {@link IllegalArgumentException} that names the line, never its value. */
    public static KeyRing parse(List<String> lines) {
        SecretKeySpec digestKey = null;
        Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\\s+");
            byte[] key = parts.length == 2 ? decode(parts[1], i) : new byte[0];
            if (key.length != KEY_BYTES) {
                throw new IllegalArgumentException("key ring, line " + (i + 1) + ": want an id and 32 bytes in base64");
            }
            if (parts[0].equals("digest")) {
                digestKey = new SecretKeySpec(key, "HmacSHA256");
            } else {
                keys.put(parts[0], new SecretKeySpec(key, "AES"));
            }
        }
        if (digestKey == null || keys.isEmpty()) {
            throw new IllegalArgumentException("key ring: want a digest key and at least one sealing key");
        }
        return new KeyRing(digestKey, keys);
    }

    /**
     * The ring as a service is configured with it: the file form itself, as an environment variable has it (lines end with a line
     * break or a semicolon), or the file that holds it. {@link IllegalArgumentException} unless exactly one is given.
     *
     * @param lines {@code ""} if not given
     * @param file path, {@code ""} if not given
     */
    public static KeyRing configured(String lines, String file) throws IOException {
        if (lines.isBlank() == file.isBlank()) {
            throw new IllegalArgumentException(
                    "key ring: give either edge-mc.keyring.value (its lines, as in EDGE_MC_KEYRING_VALUE) or"
                            + " edge-mc.keyring.file, " + (lines.isBlank() ? "none is given" : "not both"));
        }
        return lines.isBlank() ? load(Path.of(file)) : parse(List.of(lines.split("[;\\n]", -1)));
    }

    public static KeyRing load(Path file) throws IOException {
        return parse(Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    /** The lines of a new ring with random keys. */
    public static List<String> generate(SecureRandom random) {
        return List.of("digest " + newKey(random), "k1 " + newKey(random));
    }

    /** A digest that says nothing to who lacks the key. */
    public Digest keyedDigest(byte[] canonical) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(digestKey);
            return Digest.of(mac.doFinal(canonical));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is not usable", e);
        }
    }

    /** Secret content: keyed digest, sealed bytes. */
    public Content seal(ContentKind kind, byte[] canonical) {
        return new Content(keyedDigest(canonical), kind, seal(canonical), sealingKey);
    }

    /** The canonical bytes of a content, opened if it is sealed. */
    public byte[] open(Content content) {
        return content.keyId() == null ? content.bytes() : open(content.keyId(), content.bytes());
    }

    /** Id of the key that {@link #seal(byte[])} uses. */
    public String sealingKeyId() {
        return sealingKey;
    }

    /** Nonce and ciphertext under the sealing key. */
    public byte[] seal(byte[] plain) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, sealingKey, nonce, 0);
            byte[] sealed = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /** Opens what {@link #seal(byte[])} made; throws {@link IllegalStateException} if the key is unknown or the bytes were changed. */
    public byte[] open(String keyId, byte[] sealed) {
        if (sealed.length < NONCE_BYTES) {
            throw new IllegalStateException("sealed content is too short");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, keyId, sealed, 0)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealed content does not open with key " + keyId, e);
        }
    }

    private Cipher cipher(int mode, String keyId, byte[] nonce, int offset) throws GeneralSecurityException {
        SecretKeySpec key = keys.get(keyId);
        if (key == null) {
            throw new IllegalStateException("the key ring has no key " + keyId);
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE_BYTES));
        return cipher;
    }

    private static byte[] decode(String base64, int line) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key ring, line " + (line + 1) + ": the key is not base64");
        }
    }

    private static String newKey(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
