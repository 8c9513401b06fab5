package io.edgemc.cli;

import io.edgemc.cli.hub.HubProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a benchmark, or lists them. */
@Command(name = "bench", description = "Run a benchmark, or list them.")
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "NAME [OPTIONS]")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Workspace workspace = Workspace.of(null);
        Path classpath = workspace.home().resolve("benchmarks/target/classpath");
        if (!Files.exists(classpath)) {
            throw new CommandFailure("the benchmarks are not built: " + classpath + " is not there");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // The hub under test is the one that up starts, its class path included.
                "-D" + HubProcess.CLASS_PATH + "=" + System.getProperty("java.class.path"),
                "-D" + Workspace.HOME + "=" + workspace.home(),
                "-cp",
                workspace.home().resolve("benchmarks/target/benchmarks.jar") + ":"
                        + Files.readString(classpath, StandardCharsets.UTF_8).strip(),
                "io.edgemc.bench.BenchMain"));
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
