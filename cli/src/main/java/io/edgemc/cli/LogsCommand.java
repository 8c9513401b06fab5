package io.edgemc.cli;

import io.edgemc.cli.demo.Console;
import io.edgemc.cli.edge.EdgeRecord;
import io.edgemc.cli.hub.HubProcess;
import io.edgemc.stack.HubService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the hub's log, or the lines of one service. */
@Command(name = "logs", description = "Print the log of the hub, of one of its services, or of an edge's syncer.")
final class LogsCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "placement, mailbox, summarizer, c2p, gateway, or the name of an edge.")
    private @Nullable String service;

    @Override
    public Integer call() throws IOException {
        Workspace workspace = data.workspace();
        Path edgeLog = service == null
                ? null
                : workspace.hub().edges().resolve(service).resolve("syncer").resolve("syncer.log");
        if (edgeLog != null && Files.exists(edgeLog)) {
            print(edgeLog, "");
            return 0;
        }
        if (service != null && !HubService.labels().contains(service)) {
            throw new CommandFailure("there is no log of " + service + "; services are "
                    + String.join(", ", HubService.labels()) + ", edges "
                    + String.join(", ", edges(workspace)));
        }
        Path log = new HubProcess(workspace).log();
        if (!Files.exists(log)) {
            throw new CommandFailure("there is no log at " + log);
        }
        print(log, service == null ? "" : "\"io.edgemc." + service + ".");
        return 0;
    }

    private static List<String> edges(Workspace workspace) {
        List<String> names = new Stack(workspace, new Console(System.err))
                .edges().list().stream().map(EdgeRecord::name).toList();
        return names.isEmpty() ? List.of("none") : names;
    }

    private static void print(Path log, String having) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            lines.filter(line -> line.contains(having)).forEach(System.out::println);
        }
    }
}
