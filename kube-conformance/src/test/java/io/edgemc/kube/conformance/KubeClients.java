package io.edgemc.kube.conformance;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import io.edgemc.servers.process.UserCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Clients besides kubectl, as {@code tools/kube-clients/build} makes them. Each is in the user's cache, in a folder
 * whose name says from which sources it was made: one that was made from others is absent.
 */
public enum KubeClients {
    /** The real helm. */
    HELM("helm", "helm"),
    /** The program that uses client-go. */
    CLIENT_GO("client-go", "client-go"),
    /** A Python that has the official client. */
    PYTHON("python", "bin/python3");

    /** Seen from this module's folder, where tests run. */
    private static final Path SOURCES = Path.of("../tools/kube-clients");

    private final String name;
    private final String program;

    KubeClients(String name, String program) {
        this.name = name;
        this.program = program;
    }

    /**
     * The program's file.
     *
     * @throws ServerFailure {@code BINARIES_MISSING}, with the command that makes it
     */
    public Path program() {
        return in(SOURCES.resolve(name), UserCache.folder("kube-clients"));
    }

    /** As {@link #program()}, with other places. */
    Path in(Path sources, Path cache) {
        Path file = cache.resolve(name + "-" + digest(sources)).resolve(program);
        if (!Files.isExecutable(file)) {
            throw new ServerFailure(
                    Reason.BINARIES_MISSING,
                    "The client '" + name + "' is not at " + file + ". Make it with `tools/kube-clients/build`"
                            + " (needs Go and Python 3, a few minutes at first).");
        }
        return file;
    }

    /** Of the content of all files, in the order of their paths: the recipe does the same. */
    static String digest(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<Path> sorted = files.filter(Files::isRegularFile)
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .toList();
            for (Path file : sorted) {
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
