package io.edgemc.cli;

import io.edgemc.cli.demo.Console;
import io.edgemc.cli.edge.EdgeRecord;
import io.edgemc.cli.edge.Edges;
import io.edgemc.cli.hub.HubApi;
import io.edgemc.cli.hub.HubProcess;
import io.edgemc.cli.hub.Readiness;
import io.edgemc.stack.DiskSpace;
import io.edgemc.stack.HubState;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Says what runs. */
@Command(name = "status", description = "Say what runs: the hub, its addresses, the edges.")
final class StatusCommand implements Callable<Integer> {
    enum Format {
        TEXT,
        JSON
    }

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = {"-o", "--output"},
            description = "text or json.")
    private Format output = Format.TEXT;

    @Override
    public Integer call() {
        Workspace workspace = data.workspace();
        Optional<HubState> running = new HubProcess(workspace).running();
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        ObjectNode hub = status.putObject("hub");
        hub.put("pid", running.map(HubState::pid).orElse(0L));
        SortedMap<String, String> notReady =
                running.map(state -> Readiness.notReady(workspace.hub(), state)).orElse(new TreeMap<>());
        hub.put("ready", running.isPresent() && notReady.isEmpty());
        ObjectNode urls = hub.putObject("urls");
        running.ifPresent(state -> state.urls().forEach(urls::put));
        addEdges(workspace, running.isPresent(), status.putArray("edges"));
        diskComplaint(workspace).ifPresent(complaint -> hub.put("disk", complaint));
        System.out.println(output == Format.JSON ? status.toPrettyString() : text(status, notReady));
        return 0;
    }

    /** A disk that cannot be asked is said to be so, like everything else that is asked for here. */
    private static Optional<String> diskComplaint(Workspace workspace) {
        try {
            return DiskSpace.complaint(workspace.hub().root());
        } catch (IOException e) {
            return Optional.of("the disk of " + workspace.hub().root() + " cannot be asked: " + e.getMessage());
        }
    }

    private static void addEdges(Workspace workspace, boolean hubRuns, ArrayNode list) {
        Stack stack = new Stack(workspace, new Console(System.err));
        try (HubApi api = hubRuns ? HubApi.of(workspace.hub()) : null) {
            for (EdgeRecord edge : stack.edges().list()) {
                Edges.Running running = stack.edges().running(edge);
                list.addObject()
                        .put("name", edge.name())
                        .put("apiServerPid", running.apiServer().orElse(0L))
                        .put("syncerPid", running.syncer().orElse(0L))
                        .put("connected", api != null && isConnected(stack, api, edge.name()));
            }
        }
    }

    /** A hub that does not answer is part of what is asked for, no failure of this command. */
    private static boolean isConnected(Stack stack, HubApi api, String edge) {
        try {
            return stack.isConnected(api, edge);
        } catch (CommandFailure e) {
            System.err.println("edge-mc: " + e.getMessage());
            return false;
        }
    }

    private static String text(ObjectNode status, SortedMap<String, String> notReady) {
        StringBuilder text = new StringBuilder();
        long pid = status.path("hub").path("pid").asLong();
        text.append(pid == 0 ? "hub     down" : "hub     up, process " + pid);
        notReady.forEach((service, why) ->
                text.append("\n  not ready: ").append(service).append(": ").append(why));
        if (status.path("hub").has("disk")) {
            text.append("\n  ").append(status.path("hub").path("disk").asString());
        }
        status.path("hub")
                .path("urls")
                .properties()
                .forEach(url -> text.append("\n  ")
                        .append(String.format("%-11s", url.getKey()))
                        .append(url.getValue().asString()));
        status.path("edges")
                .forEach(edge -> text.append("\nedge    ")
                        .append(edge.path("name").asString())
                        .append(": API server ")
                        .append(pidOrDown(edge.path("apiServerPid").asLong()))
                        .append(", syncer ")
                        .append(pidOrDown(edge.path("syncerPid").asLong()))
                        .append(edge.path("connected").asBoolean() ? ", connected" : ", not connected"));
        return text.toString();
    }

    private static String pidOrDown(long pid) {
        return pid == 0 ? "not run here" : "process " + pid;
    }
}
