package io.edgemc.cli;

import io.edgemc.cli.demo.Console;
import io.edgemc.cli.edge.EdgeRecord;
import io.edgemc.cli.hub.HubProcess;
import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.stack.HubOptions;
import io.edgemc.stack.HubState;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the hub, and local edges with their syncers; returns when all is ready. */
@Command(name = "up", description = "Start the hub, and local edges with their syncers; returns when all is ready.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--edges", paramLabel = "N", description = "Local edges to run: edge1 … edgeN (default 0).")
    private int edges;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "Port of the gateway on 127.0.0.1 (default 7443, 0 for any); agents use the next one.")
    private @Nullable Integer port;

    @Option(
            names = "--ephemeral",
            description = "Do not wait for the disk, and remove the data on down. For throw-away hubs.")
    private boolean ephemeral;

    @Option(names = "--foreground", description = "Stay in the foreground until Ctrl-C, then stop everything.")
    private boolean foreground;

    @Override
    public Integer call() throws InterruptedException {
        if (edges < 0 || edges > 20) {
            throw new CommandFailure("--edges takes 0 to 20");
        }
        Console console = new Console(System.out);
        Workspace workspace = data.workspace();
        Stack stack = new Stack(workspace, console);
        if (edges > 0 || stack.edges().list().stream().anyMatch(EdgeRecord::local)) {
            // Before anything is started that would have to be stopped again.
            KubeBinaries.find();
        }
        HubState running = new HubProcess(workspace).running().orElse(null);
        if (running != null) {
            RunningHub.require(
                    running, port, ephemeral, Files.exists(workspace.hub().ephemeralMark()));
            console.say("The hub is up already, process " + running.pid() + ".");
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= edges; i++) {
            names.add("edge" + i);
        }
        Set<String> local = new LinkedHashSet<>(names);
        stack.edges().list().stream()
                .filter(EdgeRecord::local)
                .map(EdgeRecord::name)
                .forEach(local::add);
        stack.startHub(port == null ? HubOptions.GATEWAY_PORT : port, ephemeral, List.copyOf(local));
        List<EdgeRecord> started = stack.startLocalEdges(names, name -> java.util.Map.of());
        stack.awaitConnected(started);
        stack.restartKnownEdges(names);
        stack.printAddresses();
        if (foreground) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stack::stopAll));
            Thread.currentThread().join();
        }
        return 0;
    }
}
