package io.edgemc.cli.kubeconfig;

import io.edgemc.cli.CommandFailure;
import io.edgemc.servers.process.OwnerOnly;
import io.edgemc.stack.HubDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The kubeconfig of a local stack (0600): a context for each view of the hub, and one for each local edge, as administrator.
 * Written whole each time from what there is.
 */
public final class KubeconfigFile {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ADMIN = "edge-mc-admin";

    private final HubDirectory directory;

    public KubeconfigFile(HubDirectory directory) {
        this.directory = directory;
    }

    /**
     * Writes the file.
     *
     * @param gateway address of the gateway
     * @param spaces names of the spaces
     * @param edges kubeconfig of each local edge, by its name
     */
    public void write(String gateway, List<String> spaces, SortedMap<String, Path> edges) {
        Map<String, String> views = new TreeMap<>();
        for (String view : List.of("system", "inventory", "c2p")) {
            views.put(view, gateway + "/" + view);
        }
        views.put("clusters", gateway + "/clusters/*");
        spaces.forEach(space -> views.put("space-" + space, gateway + "/spaces/" + space));
        try {
            String authority = Base64.getEncoder().encodeToString(Files.readAllBytes(directory.gatewayAuthority()));
            String token = Files.readString(directory.adminToken(), StandardCharsets.UTF_8)
                    .strip();
            List<JsonNode> clusters = new ArrayList<>();
            List<JsonNode> contexts = new ArrayList<>();
            List<JsonNode> users = new ArrayList<>();
            views.forEach((name, url) -> {
                clusters.add(named(
                        name,
                        "cluster",
                        JSON.objectNode().put("server", url).put("certificate-authority-data", authority)));
                contexts.add(named(name, "context", context(name, ADMIN)));
            });
            users.add(named(ADMIN, "user", JSON.objectNode().put("token", token)));
            for (Map.Entry<String, Path> edge : edges.entrySet()) {
                addEdge(edge.getKey(), edge.getValue(), clusters, contexts, users);
            }
            ObjectNode config = JSON.objectNode().put("apiVersion", "v1").put("kind", "Config");
            config.putArray("clusters").addAll(clusters);
            config.putArray("contexts").addAll(contexts);
            config.putArray("users").addAll(users);
            config.put("current-context", "inventory");
            OwnerOnly.write(directory.kubeconfig(), YAML.writeValueAsString(config));
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + directory.kubeconfig() + ": " + e.getMessage(), e);
        }
    }

    private static void addEdge(
            String name, Path kubeconfig, List<JsonNode> clusters, List<JsonNode> contexts, List<JsonNode> users)
            throws IOException {
        JsonNode edge = YAML.readTree(Files.readString(kubeconfig, StandardCharsets.UTF_8));
        clusters.add(named(name, "cluster", edge.path("clusters").path(0).path("cluster")));
        users.add(named(name, "user", edge.path("users").path(0).path("user")));
        contexts.add(named(name, "context", context(name, name)));
    }

    private static ObjectNode context(String cluster, String user) {
        return JSON.objectNode().put("cluster", cluster).put("user", user);
    }

    private static ObjectNode named(String name, String member, JsonNode value) {
        ObjectNode node = JSON.objectNode().put("name", name);
        node.set(member, value);
        return node;
    }
}
