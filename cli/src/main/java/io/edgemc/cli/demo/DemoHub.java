package io.edgemc.cli.demo;

import io.edgemc.cli.CommandFailure;
import io.edgemc.cli.Stack;
import io.edgemc.cli.Workspace;
import io.edgemc.cli.edge.EdgeRecord;
import io.edgemc.cli.edge.Registration;
import io.edgemc.cli.hub.HubApi;
import io.edgemc.servers.kube.KubeBinaries;
import io.edgemc.servers.kube.Kubectl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a scenario plays on: a hub, local edges, and kubectl for each context. */
public final class DemoHub {
    private final Workspace workspace;
    private final Stack stack;
    private final boolean sabotage;

    /**
     * @param sabotage whether the first edge's syncer is stopped once it is connected, so that expectations break
     */
    public DemoHub(Workspace workspace, Stack stack, boolean sabotage) {
        this.workspace = workspace;
        this.stack = stack;
        this.sabotage = sabotage;
    }

    /** Local edges under these names, registered with labels, connected. */
    public void edges(Map<String, Map<String, String>> labels) {
        List<EdgeRecord> edges =
                stack.startLocalEdges(List.copyOf(labels.keySet()), name -> labels.getOrDefault(name, Map.of()));
        stack.awaitConnected(edges);
        if (sabotage) {
            stack.edges().stopSyncer(edges.getFirst());
        }
    }

    /** Registers clusters that have no edge. */
    public void register(String name, Map<String, String> labels, Map<String, String> properties) {
        try (HubApi api = HubApi.of(workspace.hub())) {
            new Registration(stack.state()).register(api, name, labels, properties);
        }
    }

    /** A context of the kubeconfig: a view of the hub, a space ({@code space-NAME}) or an edge. */
    public Cluster context(String name) {
        return new Cluster(
                name, new Kubectl(KubeBinaries.find(), workspace.hub().kubeconfig()));
    }

    /** Makes spaces, each with its context. */
    public void spaces(String... names) {
        Cluster system = context("system");
        for (String name : names) {
            system.apply("apiVersion: edge-mc.io/v1alpha1\nkind: Space\nmetadata:\n  name: " + name + "\n");
        }
        stack.writeKubeconfig();
    }

    /** Plain JSON of the hub. */
    public JsonNode json(String path) {
        try (HubApi api = HubApi.of(workspace.hub())) {
            HubApi.Answer answer = api.get(path);
            if (!answer.succeeded()) {
                throw new CommandFailure("GET " + path + " (" + answer.status() + "): " + HubApi.words(answer));
            }
            return answer.body();
        }
    }

    /** The values of a summary's row as {@code name=value} of the columns asked, {@code ""} if there is no such row. */
    public String summary(String name, String group, String value, String... columns) {
        JsonNode values = json("/api/v1/summaries/" + name + "?group." + group + "=" + value)
                .path("items")
                .path(0)
                .path("values");
        return values.isMissingNode()
                ? ""
                : Arrays.stream(columns)
                        .map(column -> column + "=" + values.path(column).asString("-"))
                        .collect(Collectors.joining(" "));
    }

    /** Puts plain JSON to the hub. */
    public void put(String path, String json) {
        try (HubApi api = HubApi.of(workspace.hub())) {
            HubApi.Answer answer = api.put(path, json);
            if (!answer.succeeded()) {
                throw new CommandFailure("PUT " + path + " (" + answer.status() + "): " + HubApi.words(answer));
            }
        }
    }

    /** A file of the scenario. */
    public static String resource(String path) {
        try (InputStream in = DemoHub.class.getResourceAsStream("/scenarios/" + path)) {
            if (in == null) {
                throw new IllegalStateException("no file scenarios/" + path + " in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
