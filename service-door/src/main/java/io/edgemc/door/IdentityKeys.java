package io.edgemc.door;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that gateway and services share. The first signs, each verifies: to rotate, put the new one second, then
 * first, then drop the old one.
 */
public final class IdentityKeys {
    static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 32;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private final List<SecretKey> keys;

    private IdentityKeys(List<SecretKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the identity key is missing: set edge-mc.door.key-file");
        }
        this.keys = List.copyOf(keys);
    }

    /** From text: one key in Base64 per line, at least 32 bytes each. */
    public static IdentityKeys parse(String text) {
        List<SecretKey> keys = new ArrayList<>();
        for (String line :
                text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            keys.add(key(line));
        }
        return new IdentityKeys(keys);
    }

    private static SecretKey key(String line) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException e) {
            // Without the cause: its message quotes a character of the key.
            throw new IllegalArgumentException("an identity key is not Base64");
        }
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException("an identity key has at least " + MIN_BYTES + " bytes");
        }
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * From a file that only its owner (and perhaps its group) can read.
     *
     * @throws UncheckedIOException when it cannot be read
     * @throws IllegalArgumentException when others can read it or it holds no key
     */
    public static IdentityKeys load(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new IllegalArgumentException(
                        "the identity key " + file + " can be read by others: chmod 600 " + file);
            }
            return parse(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("the identity key " + file + " cannot be read", e);
        }
    }

    /** Makes a file (0600) with one new key, unless there is one. */
    public static void createIfAbsent(Path file) {
        byte[] key = new byte[MIN_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try (var channel = Files.newByteChannel(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
                String line = Base64.getEncoder().encodeToString(key) + "\n";
                channel.write(StandardCharsets.US_ASCII.encode(line));
            }
        } catch (FileAlreadyExistsException e) {
            load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the identity key " + file + " cannot be made", e);
        }
    }

    SecretKey signing() {
        return keys.getFirst();
    }

    List<SecretKey> verifying() {
        return keys;
    }

    /** Never the keys. */
    @Override
    public String toString() {
        return "IdentityKeys[" + keys.size() + "]";
    }
}
