package io.edgemc.kube.clients;

import io.edgemc.servers.kube.KubeBinaries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real kubectl. */
final class Kubectl {
    /** What a run printed and how it ended. */
    record Result(int code, String out, String err) {
        String all() {
            return out + err;
        }
    }

    private final Path kubeconfig;
    private final Path directory;

    Kubectl(Path kubeconfig, Path directory) {
        this.kubeconfig = kubeconfig;
        this.directory = directory;
    }

    Result run(String... arguments) {
        return runWith(Map.of(), "", arguments);
    }

    /** Runs with something on standard input. */
    Result feed(String input, String... arguments) {
        return runWith(Map.of(), input, arguments);
    }

    Result runWith(Map<String, String> environment, String input, String... arguments) {
        try {
            Path out = Files.createTempFile(directory, "out", "");
            Path err = Files.createTempFile(directory, "err", "");
            Path in = Files.writeString(Files.createTempFile(directory, "in", ""), input);
            ProcessBuilder builder = command(arguments);
            builder.environment().putAll(environment);
            Process process = builder.redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("kubectl " + String.join(" ", arguments) + " did not end");
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a kubectl that runs until it is destroyed, its output in a file. */
    Process start(Path output, String... arguments) throws IOException {
        return command(arguments)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                KubeBinaries.find().kubectl().toString(),
                "--kubeconfig=" + kubeconfig,
                "--cache-dir=" + directory.resolve("cache"),
                "--request-timeout=30s"));
        boolean streams =
                List.of(arguments).contains("-w") || List.of(arguments).contains("wait");
        if (streams) {
            command.removeLast();
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("LC_ALL", StandardCharsets.UTF_8.name());
        return builder;
    }
}
