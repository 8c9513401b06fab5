package io.edgemc.cli;

import io.edgemc.servers.ServerFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./edge-mc} runs. Exit codes: 0 done, 1 could not, 2 wrong usage. */
@Command(
        name = "edge-mc",
        description = "A hub for Kubernetes clusters at the edge, and local edges to try it with.",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            DownCommand.class,
            CleanCommand.class,
            SpaceCommand.class,
            ClusterCommand.class,
            KubeconfigCommand.class,
            BenchCommand.class,
            PrepareCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "  test [--quick]   all tests, without Docker; --quick without the slow ones (run by the launcher)"
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Before the first logger: people read what commands print; logs are for the hub.
        System.setProperty("slf4j.provider", "ch.qos.logback.classic.spi.LogbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        System.setProperty("logback.configurationFile", "cli-logback.xml");
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof CommandFailure || failure instanceof ServerFailure) {
                        command.getErr().println("edge-mc: " + failure.getMessage());
                        return CommandLine.ExitCode.SOFTWARE;
                    }
                    throw failure;
                });
    }
}
