package io.edgemc.cli.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** With a real JVM and a small program: the one that comes in picocli's jar. */
class StartCacheTest {
    private static final List<String> MUST_USE_IT = List.of("-XX:AOTMode=on");

    @TempDir
    private Path scratch;

    private Path jar;
    private Path folder;

    private record Ended(int status, String output) {}

    @BeforeEach
    void copyProgram() throws Exception {
        jar = scratch.resolve("program.jar");
        folder = scratch.resolve("caches");
        Files.copy(
                Path.of(CommandLine.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                jar);
    }

    @Test
    void whatAStartRemembersServesTheNext() throws Exception {
        // Given
        StartCache cache = StartCache.of(program(), folder);
        assertThat(cache.isThere()).isFalse();
        assertThat(cache.use()).isEmpty();
        // When
        assertThat(run(cache.record()).status()).isZero();
        cache.keep();
        // Then
        assertThat(cache.isThere()).isTrue();
        List<String> flags = new ArrayList<>(cache.use());
        flags.addAll(MUST_USE_IT);
        Ended ended = run(flags);
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output()).contains("Usage: picocli.AutoComplete");
    }

    @Test
    void anotherBuildIsAnotherCacheAndTheFormerOneGoes() throws Exception {
        // Given
        StartCache former = StartCache.of(program(), folder);
        Files.createDirectories(folder);
        Files.writeString(former.file(), "of the former build");
        // When the jar is built anew
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        StartCache now = StartCache.of(program(), folder);
        // Then
        assertThat(now.isThere()).isFalse();
        assertThat(StartCache.of(
                                new JavaProgram(
                                        "program", JavaProgram.ownJava(), List.of("-Xmx65m"), jar.toString(), "a.B"),
                                folder)
                        .file())
                .isNotIn(now.file(), former.file());
        // When a start has been remembered
        now.record();
        Files.writeString(folder.resolve("program-new.aot"), "notes");
        now.keep();
        // Then
        assertThat(folder).isDirectoryContaining(now.file()::equals).isDirectoryNotContaining(former.file()::equals);
    }

    @Test
    void aDamagedCacheBreaksNoStart() throws Exception {
        // Given
        StartCache cache = StartCache.of(program(), folder);
        run(cache.record());
        cache.keep();
        byte[] bytes = Files.readAllBytes(cache.file());
        for (int length : new int[] {0, 100, bytes.length / 2}) {
            Files.write(cache.file(), java.util.Arrays.copyOf(bytes, length));
            // When
            Ended ended = run(cache.use());
            // Then
            assertThat(ended.status())
                    .as("cut off after %d bytes: %s", length, ended.output())
                    .isZero();
            assertThat(ended.output()).contains("Usage: picocli.AutoComplete");
        }
    }

    @Test
    void foldersOnTheClassPathCannotBeRemembered() {
        assertThat(StartCache.of(program(), folder).isPossible()).isTrue();
        JavaProgram ofClasses = new JavaProgram(
                "program",
                JavaProgram.ownJava(),
                List.of(),
                jar + File.pathSeparator + scratch,
                "picocli.AutoComplete");
        assertThat(StartCache.of(ofClasses, folder).isPossible()).isFalse();
    }

    private JavaProgram program() {
        return new JavaProgram(
                "program",
                JavaProgram.ownJava(),
                List.of("-Xmx64m", "-XX:+UseSerialGC"),
                jar.toString(),
                "picocli.AutoComplete");
    }

    private Ended run(List<String> furtherFlags) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program().command(furtherFlags, List.of("--help")))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
