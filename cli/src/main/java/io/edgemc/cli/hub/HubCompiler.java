package io.edgemc.cli.hub;

import io.edgemc.api.content.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What the hub's JVM compiles how, in a file that it reads when it starts. The second compiler gets ciphers and digests (it
 * knows the processor's instructions for them, the first one does not, and TLS is 40 times slower without), collections, texts,
 * JSON and our own code. All else is the first one's, because a local hub does not live long enough for more: ADR 14.
 */
final class HubCompiler {
    private static final int NAME_DIGITS = 8;

    private final Path file;
    private final byte[] directives;

    /** @param folder where the file is to be */
    HubCompiler(Path folder) {
        directives = read();
        // Its name tells other directives apart, so that a start cache of theirs is not taken.
        String digest =
                Digest.sha256(new String(directives, StandardCharsets.UTF_8)).hex();
        file = folder.resolve("compiler-" + digest.substring(0, NAME_DIGITS) + ".json");
    }

    private static byte[] read() {
        try (InputStream in = HubCompiler.class.getResourceAsStream("compiler.json")) {
            if (in == null) {
                throw new IllegalStateException("compiler.json is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> flags() {
        return List.of(
                "-XX:+UnlockDiagnosticVMOptions", "-XX:CompilerDirectivesFile=" + file, "-XX:CompileCommand=quiet");
    }

    /** Sees that the file is there. */
    void write() throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Path draft = Files.createTempFile(file.getParent(), "compiler", ".new");
            Files.write(draft, directives);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
