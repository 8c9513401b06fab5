package io.edgemc.gateway.identity;

import io.edgemc.api.json.ApiJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The file of bearer tokens: JSON, {@code {"tokens": [{"user", "groups", "sha256", "expiresAt"}]}}, mode 0600. */
public final class TokenFile {
    private static final Set<PosixFilePermission> TOO_OPEN = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private TokenFile() {}

    record Document(@Nullable List<Entry> tokens) {}

    record Entry(
            @Nullable String user,
            @Nullable List<String> groups,
            @Nullable String sha256,
            java.time.@Nullable Instant expiresAt) {
        TokenEntry checked() {
            return new TokenEntry(
                    Objects.requireNonNullElse(user, ""),
                    Objects.requireNonNullElse(groups, List.of()),
                    Objects.requireNonNullElse(sha256, ""),
                    expiresAt);
        }
    }

    /** @throws IOException when it cannot be read, is not as it should be, or can be read by others */
    public static List<TokenEntry> read(Path file) throws IOException {
        if (Files.getPosixFilePermissions(file).stream().anyMatch(TOO_OPEN::contains)) {
            throw new IOException("the token file " + file + " can be read by others: chmod 600 " + file);
        }
        try {
            Document document = ApiJson.MAPPER.readValue(Files.readAllBytes(file), Document.class);
            List<Entry> entries = Objects.requireNonNullElse(document.tokens(), List.of());
            return entries.stream().map(Entry::checked).toList();
        } catch (JacksonException e) {
            throw new IOException(
                    "the token file " + file + " is not the JSON it should be: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw new IOException("the token file " + file + " is wrong: " + e.getMessage(), e);
        }
    }

    /** Replaces the file in one step; it is never seen half written. */
    public static void write(Path file, List<TokenEntry> entries) throws IOException {
        List<Entry> written = entries.stream()
                .map(e -> new Entry(e.user(), e.groups(), e.sha256(), e.expiresAt()))
                .toList();
        byte[] json = ApiJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Document(written));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(ByteBuffer.wrap(json));
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
