package io.edgemc.syncer.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

final class EdgeStateTest {
    private static final Digest DECISION = Digest.sha256("why");
    private static final ObjectKey KEY = ObjectKey.parse("configmaps/shop/page");

    @TempDir
    private Path folder;

    @Test
    void knowsAllAgainAfterItWasOpenedAnew() throws IOException {
        Held held = Held.of(ManifestEntry.apply(KEY, Digest.sha256("c"), Set.of(EntryFlag.CREATE_ONLY), DECISION), "t")
                .failed(new Failure("forbidden", "no", true, "2026-01-01T00:00:00Z"));
        Held deletion = Held.of(
                ManifestEntry.delete(ObjectKey.parse("namespaces//shop"), Set.of(EntryFlag.ORPHAN), DECISION), "");
        try (EdgeState state = open()) {
            state.put(held);
            state.put(deletion);
            state.put(Held.of(ManifestEntry.delete(ObjectKey.parse("pods/a/b"), Set.of(), DECISION), ""));
            state.remove(ObjectKey.parse("pods/a/b"));
            state.opened(new EdgeState.KnownHub("hub-1", 12));
            state.accept(new EdgeState.Accepted(7, "state", "trace", "hub-1"));
        }

        try (EdgeState again = open()) {
            assertThat(again.all()).containsExactlyInAnyOrder(held, deletion);
            assertThat(again.hub()).isEqualTo(new EdgeState.KnownHub("hub-1", 12));
            assertThat(again.accepted()).isEqualTo(new EdgeState.Accepted(7, "state", "trace", "hub-1"));
        }
    }

    @Test
    void cutsADamagedTailOffAndGoesOn() throws IOException {
        try (EdgeState state = open()) {
            state.accept(new EdgeState.Accepted(1, "one", "", ""));
            state.accept(new EdgeState.Accepted(2, "two", "", ""));
        }
        Path journal = journal();
        byte[] whole = Files.readAllBytes(journal);
        Files.write(journal, java.util.Arrays.copyOf(whole, whole.length - 5));

        try (EdgeState again = open()) {
            assertThat(again.accepted().revision()).isEqualTo(1);
            again.accept(new EdgeState.Accepted(3, "three", "", ""));
        }

        try (EdgeState again = open()) {
            assertThat(again.accepted().revision()).isEqualTo(3);
        }
    }

    @Test
    void staysBoundedHoweverOftenAnObjectChanges() throws IOException {
        try (EdgeState state = open()) {
            state.opened(new EdgeState.KnownHub("hub-1", 12));
            for (int i = 0; i < 6_000; i++) {
                state.put(Held.of(ManifestEntry.apply(KEY, Digest.sha256("" + i), Set.of(), DECISION), ""));
                if (i % 100 == 0) {
                    state.checkpoint();
                }
            }
            state.checkpoint();
        }

        assertThat(Files.size(journal())).isLessThan(400_000);
        try (EdgeState again = open()) {
            assertThat(again.hub().session()).isEqualTo(12);
            assertThat(again.find(KEY))
                    .hasValueSatisfying(held -> assertThat(held.content()).isEqualTo(Digest.sha256("5999")));
        }
    }

    @Test
    void keepsSecretsSealedAndDropsDamagedContents() throws IOException {
        ContentStore contents = ContentStore.open(folder, new SecureRandom());
        ObjectNode secret = CanonicalJson.parseObject("{\"data\":\"canary-4711\"}".getBytes(StandardCharsets.UTF_8));
        Digest digest = Digest.sha256("keyed at the hub");
        contents.put(digest, secret, true);

        assertThat(contents.find(digest)).contains(secret);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("canary-4711");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }

        Path file =
                folder.resolve("content").resolve(digest.hex().substring(0, 2)).resolve(digest.hex() + ".sealed");
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
        assertThat(contents.find(digest)).isEmpty();
        assertThat(contents.has(digest)).isFalse();
    }

    private EdgeState open() throws IOException {
        return EdgeState.open(folder, ContentStore.open(folder, new SecureRandom()));
    }

    private Path journal() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("state-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
