package io.edgemc.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.edgemc.door.IdentityRefusedException.Reason;
import io.edgemc.door.access.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class IdentityTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final IdentityKeys KEYS = keys('a');
    private static final String SERVICE = "placement-service";

    @Test
    void aServiceBelievesTheGateway() throws Exception {
        // When
        Identity identity = verifierAt(NOW).verify(signed());

        // Then
        assertThat(identity.user()).isEqualTo("jane");
        assertThat(identity.groups()).containsExactlyInAnyOrder("dev", "ops");
        assertThat(identity.roles()).containsExactlyInAnyOrder(Role.SPACE_EDITOR, Role.SUMMARY_READER);
        assertThat(identity.requestId()).isEqualTo("r-1");
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                Arguments.of("claims of another", Reason.FORGED, (UnaryOperator<String>) header -> {
                    String claims = new String(
                            Base64.getUrlDecoder().decode(header.substring(0, header.indexOf('.'))),
                            StandardCharsets.UTF_8);
                    String forged = claims.replace("jane", "root");
                    return Base64.getUrlEncoder()
                                    .withoutPadding()
                                    .encodeToString(forged.getBytes(StandardCharsets.UTF_8))
                            + header.substring(header.indexOf('.'));
                }),
                Arguments.of("no signature", Reason.FORGED, (UnaryOperator<String>)
                        header -> header.substring(0, header.indexOf('.') + 1)),
                Arguments.of("no dot", Reason.MALFORMED, (UnaryOperator<String>)
                        header -> header.substring(0, header.indexOf('.'))),
                Arguments.of("signature is no Base64", Reason.MALFORMED, (UnaryOperator<String>)
                        header -> header.substring(0, header.indexOf('.')) + ".!!"),
                Arguments.of("very long", Reason.MALFORMED, (UnaryOperator<String>)
                        header -> "a".repeat(20_000) + "." + header),
                Arguments.of("another key", Reason.FORGED, (UnaryOperator<String>)
                        header -> signer(keys('b')).sign("jane", Set.of(), Set.of(), "r-1", SERVICE)),
                Arguments.of("another service", Reason.WRONG_AUDIENCE, (UnaryOperator<String>)
                        header -> signer(KEYS).sign("jane", Set.of(), Set.of(), "r-1", "mailbox-service")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void aForgeryIsRefused(String name, Reason reason, UnaryOperator<String> forge) {
        String header = forge.apply(signed());
        assertThat(refusal(verifierAt(NOW), header)).isEqualTo(reason);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void anAbsentIdentityIsRefused(@Nullable String header) {
        assertThat(refusal(verifierAt(NOW), header)).isEqualTo(Reason.ABSENT);
    }

    @ParameterizedTest
    @CsvSource({"-6, false", "-5, true", "0, true", "34, true", "35, false"})
    void anIdentityHoldsForHalfAMinuteAndClocksMayDifferALittle(int seconds, boolean valid) {
        IdentityVerifier verifier = verifierAt(NOW.plus(Duration.ofSeconds(seconds)));
        String header = signed();
        if (valid) {
            assertThat(refusalOrNull(verifier, header)).isNull();
        } else {
            assertThat(refusal(verifier, header)).isEqualTo(Reason.EXPIRED);
        }
    }

    @Test
    void keysRotate() throws Exception {
        // Given a service that knows the old and the new key
        IdentityKeys both = IdentityKeys.parse(line('b') + "\n" + line('a') + "\n");
        IdentityVerifier verifier = new IdentityVerifier(both, SERVICE, Clock.fixed(NOW, ZoneOffset.UTC));

        // When / Then
        assertThat(verifier.verify(signed()).user()).isEqualTo("jane");
        assertThat(verifier.verify(signer(keys('b')).sign("joe", Set.of(), Set.of(), "r", SERVICE))
                        .user())
                .isEqualTo("joe");
    }

    @Test
    void aKeyFileIsMadeOnceAndForItsOwnerOnly(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("identity.key");
        IdentityKeys.createIfAbsent(file);
        String first = Files.readString(file);

        // When
        IdentityKeys.createIfAbsent(file);

        // Then
        assertThat(Files.readString(file)).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(IdentityKeys.load(file).toString()).doesNotContain(first.strip());
    }

    @Test
    void aKeyFileThatOthersCanReadIsRefused(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("identity.key");
        Files.writeString(file, line('a'));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> IdentityKeys.load(file)).hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @CsvSource({"'', missing", "c2hvcnQ=, bytes", "'%%%', Base64"})
    void aBadKeyIsNamedAndNotQuoted(String text, String said) {
        assertThatThrownBy(() -> IdentityKeys.parse(text)).hasMessageContaining(said);
    }

    private static String signed() {
        return signer(KEYS)
                .sign("jane", Set.of("dev", "ops"), Set.of(Role.SPACE_EDITOR, Role.SUMMARY_READER), "r-1", SERVICE);
    }

    private static IdentitySigner signer(IdentityKeys keys) {
        return new IdentitySigner(keys, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static IdentityVerifier verifierAt(Instant time) {
        return new IdentityVerifier(KEYS, SERVICE, Clock.fixed(time, ZoneOffset.UTC));
    }

    private static IdentityKeys keys(char fill) {
        return IdentityKeys.parse(line(fill));
    }

    private static String line(char fill) {
        return Base64.getEncoder()
                .encodeToString(String.valueOf(fill).repeat(32).getBytes(StandardCharsets.UTF_8));
    }

    private static Reason refusal(IdentityVerifier verifier, @Nullable String header) {
        Reason reason = refusalOrNull(verifier, header);
        assertThat(reason).isNotNull();
        return java.util.Objects.requireNonNull(reason);
    }

    private static @Nullable Reason refusalOrNull(IdentityVerifier verifier, @Nullable String header) {
        IdentityRefusedException refusal =
                catchThrowableOfType(IdentityRefusedException.class, () -> verifier.verify(header));
        return refusal == null ? null : refusal.reason();
    }
}
