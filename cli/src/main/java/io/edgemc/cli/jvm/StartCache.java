package io.edgemc.cli.jvm;

import io.edgemc.api.content.Digest;
import io.edgemc.servers.process.OwnerOnly;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a JVM remembers of an earlier start of the same program (classes loaded and linked, methods profiled), so that it starts
 * in half the time. It is good for exactly one class path, one set of flags and one JDK, which its file's name stands for: after
 * any change it is simply not there. The JVM checks the same for itself and goes on without a cache that does not fit.
 */
public final class StartCache {
    private static final int NAME_DIGITS = 16;

    private final JavaProgram program;
    private final Path folder;
    private final String prefix;
    private final Path file;

    private StartCache(JavaProgram program, Path folder, String key) {
        this.program = program;
        this.folder = folder;
        this.prefix = program.name() + "-";
        this.file = folder.resolve(prefix + key + ".aot");
    }

    /** The cache of a program, whether it is there or not. {@code folder} is that of all caches of this build. */
    public static StartCache of(JavaProgram program, Path folder) {
        return new StartCache(program, folder, key(program));
    }

    /** Whether an earlier start has been remembered. */
    public boolean isThere() {
        return Files.isReadable(file);
    }

    /** Where it is, or would be. */
    public Path file() {
        return file;
    }

    /** Flags that make a start use it; none if it is not there. */
    public List<String> use() {
        return isThere() ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** Flags that make a start remember: the JVM writes its notes when it ends, and {@link #keep} makes them count. */
    public List<String> record() throws IOException {
        OwnerOnly.createDirectories(folder);
        Files.deleteIfExists(draft());
        return List.of("-XX:AOTCacheOutput=" + draft());
    }

    /** Whether the program's class path can be remembered: of jars only, as the JVM demands. */
    public boolean isPossible() {
        return Stream.of(program.classPath().split(File.pathSeparator))
                .allMatch(entry -> Files.isRegularFile(Path.of(entry)));
    }

    /**
     * Makes what a start has written the cache, in one step, and forgets those of former builds.
     *
     * @throws IOException if the start has written nothing
     */
    public void keep() throws IOException {
        Files.move(draft(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path other : files.filter(this::isFormer).toList()) {
                Files.deleteIfExists(other);
            }
        }
    }

    /** Removes it: a start with it failed. */
    public void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    private boolean isFormer(Path other) {
        String name = other.getFileName().toString();
        return name.startsWith(prefix) && !other.equals(file);
    }

    private Path draft() {
        return folder.resolve(prefix + "new.aot");
    }

    private static String key(JavaProgram program) {
        StringBuilder key = new StringBuilder(Runtime.version().toString());
        key.append('\n')
                .append(program.java())
                .append('\n')
                .append(program.flags())
                .append('\n');
        for (String entry : program.classPath().split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            key.append(entry).append(' ');
            try {
                if (Files.exists(jar)) {
                    key.append(Files.size(jar))
                            .append(' ')
                            .append(Files.getLastModifiedTime(jar).toMillis());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            key.append('\n');
        }
        return Digest.sha256(key.toString()).hex().substring(0, NAME_DIGITS);
    }
}
