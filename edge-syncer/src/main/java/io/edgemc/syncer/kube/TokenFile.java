package io.edgemc.syncer.kube;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** A token in a file that is rotated under us; it is read again when the file changed. Thread-safe. */
final class TokenFile implements KubeAccess.TokenSource {
    private final Path file;
    private @Nullable FileTime readAt;
    private String token = "";

    TokenFile(Path file) {
        this.file = file;
    }

    @Override
    public synchronized String current() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        if (!modified.equals(readAt)) {
            token = Files.readString(file, StandardCharsets.UTF_8).strip();
            readAt = modified;
        }
        return token;
    }
}
