package io.edgemc.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokensTest {
    @TempDir
    Path folder;

    private final Time time = new Time();

    @BeforeEach
    void tokens() throws Exception {
        TokenEntry mortal = TokenEntry.of("joe", List.of(), "old");
        TokenFile.write(
                file(),
                List.of(
                        TokenEntry.of("jane", List.of("dev"), "s3cret"),
                        new TokenEntry("joe", List.of(), mortal.sha256(), time.now.plusSeconds(60))));
    }

    @Test
    void aTokenTellsWhoHasIt() {
        assertThat(authenticate("Bearer s3cret")).contains(new Principal("jane", java.util.Set.of("dev")));
        assertThat(authenticate("bearer s3cret")).isPresent();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Bearer s3cret2", "Basic s3cret", "s3cret"})
    void anythingElseProvesNothing(@Nullable String header) {
        assertThat(authenticate(header)).isEmpty();
    }

    @Test
    void anExpiredTokenProvesNothing() {
        BearerTokens tokens = new BearerTokens(file(), time);
        assertThat(tokens.authenticate("Bearer old")).isPresent();
        time.now = time.now.plusSeconds(60);
        assertThat(tokens.authenticate("Bearer old")).isEmpty();
    }

    @Test
    void aChangedFileIsReadAgainAndAMissingOneMeansNobody() throws Exception {
        // Given
        BearerTokens tokens = new BearerTokens(file(), time);
        assertThat(tokens.authenticate("Bearer s3cret")).isPresent();

        // When
        TokenFile.write(file(), List.of(TokenEntry.of("jim", List.of(), "new")));
        Files.setLastModifiedTime(file(), FileTime.from(time.now.plusSeconds(5)));
        time.now = time.now.plusSeconds(2);

        // Then
        assertThat(tokens.authenticate("Bearer new")).isPresent();
        assertThat(tokens.authenticate("Bearer s3cret")).isEmpty();
        Files.delete(file());
        time.now = time.now.plusSeconds(2);
        assertThat(tokens.authenticate("Bearer new")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "{\"tokens\":[{}]}", "{\"tokens\":[{\"user\":\"a\",\"sha256\":\"plain\"}]}"})
    void aWrongFileIsNamedAndNeverQuoted(String content) throws Exception {
        Files.writeString(file(), content);
        assertThatThrownBy(() -> TokenFile.read(file()))
                .hasMessageContaining("tokens.json")
                .hasMessageNotContaining("plain");
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws Exception {
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> TokenFile.read(file())).hasMessageContaining("chmod 600");
    }

    @Test
    void theFileHoldsNoToken() throws Exception {
        assertThat(Files.readString(file())).doesNotContain("s3cret");
    }

    private Path file() {
        return folder.resolve("tokens.json");
    }

    private java.util.Optional<Principal> authenticate(@Nullable String header) {
        return new BearerTokens(file(), time).authenticate(header);
    }

    /** A clock that is set by hand. */
    private static final class Time extends Clock {
        private Instant now = Instant.parse("2026-11-23T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.offset(this, Duration.ZERO);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
