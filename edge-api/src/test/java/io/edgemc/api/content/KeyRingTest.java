package io.edgemc.api.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    private static final byte[] SECRET = "{\"data\":{\"password\":\"aHVudGVyMg==\"}}".getBytes(StandardCharsets.UTF_8);
    private final List<String> lines = KeyRing.generate(new SecureRandom());

    @Test
    void sealedContentOpensAndShowsNothing() {
        KeyRing ring = KeyRing.parse(lines);
        // When the same secret is sealed twice
        Content first = ring.seal(ContentKind.OBJECT, SECRET);
        Content second = ring.seal(ContentKind.OBJECT, SECRET);
        // Then it has one address, which is not its plain hash, two different rests, and opens
        assertThat(first.digest()).isEqualTo(second.digest()).isNotEqualTo(Digest.sha256(SECRET));
        assertThat(first.bytes()).isNotEqualTo(second.bytes());
        assertThat(ring.open(first)).isEqualTo(SECRET);
        assertThat(new String(first.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("aHVudGVyMg");
    }

    @Test
    void aRotatedRingOpensWhatTheOldKeySealedAtTheSameAddress() {
        Content old = KeyRing.parse(lines).seal(ContentKind.OBJECT, SECRET);
        String newKey = KeyRing.generate(new SecureRandom()).get(1).replace("k1", "k2");
        // When a new key is put in front
        KeyRing rotated = KeyRing.parse(List.of(lines.get(0), newKey, lines.get(1)));
        // Then the old content opens, and new content is sealed by the new key at the same address
        assertThat(rotated.open(old)).isEqualTo(SECRET);
        Content anew = rotated.seal(ContentKind.OBJECT, SECRET);
        assertThat(anew.keyId()).isEqualTo("k2");
        assertThat(anew.digest()).isEqualTo(old.digest());
    }

    @Test
    void changedBytesDoNotOpen() {
        KeyRing ring = KeyRing.parse(lines);
        byte[] sealed = ring.seal(SECRET);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> ring.open("k1", sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theKeysComeFromAFileOrFromTheEnvironment(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("keyring"), lines);
        Content sealed = KeyRing.parse(lines).seal(ContentKind.OBJECT, SECRET);

        // When each way of configuration gives the same ring
        List<KeyRing> rings = List.of(
                KeyRing.configured("", file.toString()),
                KeyRing.configured(String.join("\n", lines) + "\n", ""),
                KeyRing.configured(String.join(";", lines), " "));

        // Then it opens the same content, and neither none nor both is a configuration
        assertThat(rings).allSatisfy(ring -> assertThat(ring.open(sealed)).isEqualTo(SECRET));
        assertThatThrownBy(() -> KeyRing.configured("", "")).hasMessageContaining("none is given");
        assertThatThrownBy(() -> KeyRing.configured(String.join(";", lines), file.toString()))
                .hasMessageContaining("not both")
                .hasMessageNotContaining(lines.get(0).substring(7));
    }

    @Test
    void anErrorNamesTheLineAndNotTheKey() {
        assertThatThrownBy(() -> KeyRing.parse(List.of(lines.get(0), "k1 c2hvcnQ=")))
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("c2hvcnQ");
        assertThatThrownBy(() -> KeyRing.parse(List.of(lines.get(1)))).hasMessageContaining("digest key");
    }
}
