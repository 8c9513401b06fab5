package io.edgemc.servers.kube;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the real {@code kubectl} against the current context of one kubeconfig file, away from the caller's own
 * configuration. Immutable.
 *
 * @param program the binary
 * @param kubeconfig used by every call; also where its cache goes, into {@code <kubeconfig>.cache}
 * @param timeout after which a call is ended and fails
 */
public record Kubectl(Path program, Path kubeconfig, Duration timeout) {
    /** @param exitCode 0 for success */
    public record Result(int exitCode, String stdout, String stderr) {
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** With a time limit of 60 s. */
    public Kubectl(KubeBinaries binaries, Path kubeconfig) {
        this(binaries.kubectl(), kubeconfig, Duration.ofSeconds(60));
    }

    public Kubectl withTimeout(Duration newTimeout) {
        return new Kubectl(program, kubeconfig, newTimeout);
    }

    /** Runs it; any exit code is an answer. */
    public Result run(String... arguments) {
        return runWithInput("", arguments);
    }

    /**
     * Runs it and returns its standard output.
     *
     * @throws ServerFailure {@code REFUSED} with its error output, if it fails
     */
    public String ok(String... arguments) {
        return requireOk(run(arguments), arguments);
    }

    /**
     * {@code kubectl apply -f -} of a manifest.
     *
     * @throws ServerFailure {@code REFUSED} with its error output, if it fails
     */
    public String apply(String manifest, String... arguments) {
        List<String> line = new ArrayList<>(List.of("apply", "-f", "-"));
        line.addAll(Arrays.asList(arguments));
        String[] all = line.toArray(String[]::new);
        return requireOk(runWithInput(manifest, all), all);
    }

    private static String requireOk(Result result, String... arguments) {
        if (!result.succeeded()) {
            throw new ServerFailure(
                    Reason.REFUSED,
                    "kubectl " + String.join(" ", arguments) + " ended with " + result.exitCode() + ": "
                            + result.stderr().strip());
        }
        return result.stdout();
    }

    /** Runs it with text on its standard input. */
    public Result runWithInput(String input, String... arguments) {
        List<String> line = new ArrayList<>(
                List.of(program.toString(), "--kubeconfig=" + kubeconfig, "--cache-dir=" + kubeconfig + ".cache"));
        line.addAll(Arrays.asList(arguments));
        try {
            // Files instead of pipes: nobody blocks on a full one, and no thread has to drain it.
            Path in = Files.createTempFile("kubectl", ".in");
            Path out = Files.createTempFile("kubectl", ".out");
            Path err = Files.createTempFile("kubectl", ".err");
            try {
                Files.writeString(in, input);
                Process process = new ProcessBuilder(line)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new ServerFailure(
                            Reason.NOT_READY,
                            "kubectl " + String.join(" ", arguments) + " did not end in " + timeout.toSeconds()
                                    + " s. It said: " + Files.readString(out) + Files.readString(err));
                }
                return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.deleteIfExists(in);
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException e) {
            throw new ServerFailure(Reason.BINARIES_MISSING, "Cannot run " + program + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw ServerFailure.interrupted("running kubectl", e);
        }
    }
}
