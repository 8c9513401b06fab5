package io.edgemc.syncer.state;

import io.edgemc.api.content.Digest;
import io.edgemc.api.content.KeyRing;
import io.edgemc.api.json.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contents that are to be held, one file each, so that an object can be repaired while the hub is away. Those of Secrets are
 * sealed with a key of this folder's own (0600). A file that a power failure damaged is noticed when it is read, and counts as
 * missing; the hub has it. Thread-safe.
 */
public final class ContentStore {
    private static final String PLAIN = ".json";
    private static final String SEALED = ".sealed";

    private final Path folder;
    private final KeyRing keys;

    private ContentStore(Path folder, KeyRing keys) {
        this.folder = folder;
        this.keys = keys;
    }

    public static ContentStore open(Path stateFolder, SecureRandom random) throws IOException {
        OwnerOnlyFiles.folder(stateFolder);
        Path keyFile = stateFolder.resolve("local.keys");
        if (!Files.exists(keyFile)) {
            String lines = String.join("\n", KeyRing.generate(random)) + "\n";
            OwnerOnlyFiles.replaceDurably(keyFile, lines.getBytes(StandardCharsets.UTF_8));
        }
        return new ContentStore(OwnerOnlyFiles.folder(stateFolder.resolve("content")), KeyRing.load(keyFile));
    }

    /** @param secret whether to seal it */
    public void put(Digest digest, ObjectNode object, boolean secret) throws IOException {
        Path file = file(digest, secret ? SEALED : PLAIN);
        if (!Files.exists(file)) {
            OwnerOnlyFiles.folder(folder.resolve(digest.hex().substring(0, 2)));
            byte[] canonical = CanonicalJson.bytes(object);
            OwnerOnlyFiles.replace(file, secret ? keys.seal(canonical) : canonical);
        }
    }

    public boolean has(Digest digest) {
        return Files.exists(file(digest, PLAIN)) || Files.exists(file(digest, SEALED));
    }

    /** The content; empty if it is not here, or damaged (it is then dropped, so that it is fetched again). */
    public Optional<ObjectNode> find(Digest digest) throws IOException {
        Path plain = file(digest, PLAIN);
        Path sealed = file(digest, SEALED);
        try {
            if (Files.exists(sealed)) {
                return Optional.of(
                        CanonicalJson.parseObject(keys.open(keys.sealingKeyId(), Files.readAllBytes(sealed))));
            }
            byte[] bytes = Files.readAllBytes(plain);
            if (Digest.sha256(bytes).equals(digest)) {
                return Optional.of(CanonicalJson.parseObject(bytes));
            }
            drop(digest);
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalStateException | IllegalArgumentException damaged) {
            drop(digest);
            return Optional.empty();
        }
    }

    public void drop(Digest digest) throws IOException {
        Files.deleteIfExists(file(digest, PLAIN));
        Files.deleteIfExists(file(digest, SEALED));
    }

    /** Drops everything else, leftovers of a killed process included. */
    public void retain(Set<Digest> used) throws IOException {
        try (DirectoryStream<Path> shelves = Files.newDirectoryStream(folder)) {
            for (Path shelf : shelves) {
                retain(shelf, used);
            }
        }
    }

    private static void retain(Path shelf, Set<Digest> used) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(shelf)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean content = name.endsWith(PLAIN) || name.endsWith(SEALED);
                if (!content || !used.contains(Digest.parse(name.substring(0, name.indexOf('.'))))) {
                    Files.delete(file);
                }
            }
        }
    }

    private Path file(Digest digest, String suffix) {
        String hex = digest.hex();
        return folder.resolve(hex.substring(0, 2)).resolve(hex + suffix);
    }
}
