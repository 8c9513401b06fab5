package io.edgemc.kube.conformance;

import io.edgemc.servers.kube.KubeBinaries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the real kubectl or helm, away from the caller's own configuration. */
final class CommandRun {
    private static final int LIMIT_SECONDS = 40;

    private final Step.Command step;
    private final Side side;
    private final Path folder;

    private CommandRun(Step.Command step, Side side, Path folder) {
        this.step = step;
        this.side = side;
        this.folder = folder;
    }

    /**
     * @param code of the last program of a pipe
     * @param out of the last one
     * @param err of all, one after the other
     */
    record Result(int code, String out, String err) {}

    /** @param folder where it runs; has the case's files and the kubeconfig {@code .kubeconfig} */
    static Result of(Step.Command step, Side side, Path folder) {
        CommandRun run = new CommandRun(step, side, folder);
        Result result = new Result(0, step.stdin(), "");
        for (String part : step.line().split(" \\| ", -1)) {
            Result last = run.program(CommandLine.words(part), result.out());
            result = new Result(last.code(), last.out(), result.err() + last.err());
        }
        return result;
    }

    private Result program(List<String> words, String stdin) {
        List<String> command = new ArrayList<>(words);
        command.set(0, place(words.getFirst()).toString());
        try {
            // Files instead of pipes: nobody blocks on a full one, and no thread has to drain it.
            Path out = Files.createTempFile(folder, ".out", "");
            Path err = Files.createTempFile(folder, ".err", "");
            Path in = Files.writeString(Files.createTempFile(folder, ".in", ""), stdin);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("HOME", folder.toString());
            builder.environment().put("LC_ALL", StandardCharsets.UTF_8.name());
            builder.environment()
                    .put("KUBECONFIG", folder.resolve(".kubeconfig").toString());
            builder.environment().put("KUBECACHEDIR", side.cache().toString());
            builder.environment().putAll(step.environment());
            Process process = builder.start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                return new Result(-1, read(out), read(err) + "\n(did not end in " + LIMIT_SECONDS + " s)");
            }
            return new Result(process.exitValue(), read(out), read(err));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path place(String program) {
        return switch (program) {
            case "kubectl" -> KubeBinaries.find().kubectl();
            case "helm" -> KubeClients.HELM.program();
            default -> throw new IllegalArgumentException("nobody knows the program " + program);
        };
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
