package io.edgemc.servers.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Another JVM on this test's class path, to be killed in the middle of its work. It is read line by line. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private ChildJvm(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    public static ChildJvm start(Class<?> main, Path errors, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        line.addAll(Arrays.asList(arguments));
        File log = errors.toFile();
        return new ChildJvm(new ProcessBuilder(line).redirectError(log).start());
    }

    /** The next line that starts with {@code prefix}, without it. */
    public String next(String prefix) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
        throw new AssertionError("The child JVM ended before it said '" + prefix + "'");
    }

    /** {@code kill -9}, and what it had said before. */
    public List<String> kill(String prefix) throws IOException, InterruptedException {
        // Not Process.destroyForcibly(): that closes the pipe with what is still in it.
        process.toHandle().destroyForcibly();
        process.waitFor();
        return out.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    /** Waits for its end; its exit status. */
    public int join() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
