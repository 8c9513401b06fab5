package io.edgemc.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A real file system of little space, in memory. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one on an existing folder. Aborts the test, loudly, where that is not allowed; with CI=true that is a failure. */
    static SmallDisk on(Path folder, int megabytes) throws Exception {
        String said = run("mount", "-t", "tmpfs", "-o", "mode=755,size=" + megabytes + "m", "tmpfs", folder.toString());
        if (!said.isEmpty()) {
            String words = "NOT TESTED: a full disk. None can be mounted here: " + said;
            System.err.println(words);
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(words);
            }
            Assumptions.abort(words);
        }
        return new SmallDisk(folder);
    }

    /** Takes all space that is left, to the last byte. */
    void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            long left = Files.getFileStore(folder).getUsableSpace();
            for (long written = 0; written < 2 * left; written += block.length) {
                ballast.write(block);
            }
            throw new IllegalStateException("the disk does not become full");
        } catch (IOException full) {
            if (Files.getFileStore(folder).getUsableSpace() > 0) {
                throw full;
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() throws Exception {
        String said = run("umount", "--lazy", folder.toString());
        if (!said.isEmpty()) {
            throw new IOException(said);
        }
    }

    /** What the command says if it fails. */
    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : said.isBlank() ? "no reason given" : said.strip();
    }
}
