package io.edgemc.cli.edge;

import io.edgemc.cli.CommandFailure;
import io.edgemc.cli.hub.HubApi;
import io.edgemc.stack.HubState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Clusters in the hub's inventory, and the tokens by which their syncers join. */
public final class Registration {
    private static final String CLUSTERS = "/inventory/apis/edge-mc.io/v1alpha1/clusters";
    private static final Duration MAILBOX_LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final String agentUrl;

    public Registration(HubState state) {
        this.agentUrl = state.url("agents");
    }

    /** What a syncer needs to join. */
    public record JoinToken(String token, String hubUrl, String caPem, String expiresAt) {
        /** Without the token: records end up in logs. */
        @Override
        public String toString() {
            return "JoinToken[" + hubUrl + ", until " + expiresAt + "]";
        }
    }

    /** Address that syncers of this machine dial. */
    public String agentUrl() {
        return agentUrl;
    }

    /**
     * Registers a cluster. One that is there already stays as it is.
     *
     * @throws CommandFailure if the hub refuses it, or one is there without what was asked for
     */
    public void register(HubApi hub, String name, Map<String, String> labels, Map<String, String> properties) {
        ObjectNode cluster = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "edge-mc.io/v1alpha1")
                .put("kind", "Cluster");
        ObjectNode metadata = cluster.putObject("metadata").put("name", name);
        ObjectNode labelNode = metadata.putObject("labels");
        labels.forEach(labelNode::put);
        ObjectNode propertyNode = cluster.putObject("spec").putObject("properties");
        properties.forEach(propertyNode::put);
        HubApi.Answer answer = hub.post(CLUSTERS, cluster.toString());
        if (answer.status() == 409) {
            List<String> differences =
                    differences(hub.get(CLUSTERS + "/" + name).body(), labels, properties);
            if (!differences.isEmpty()) {
                throw new CommandFailure(name + " is registered already, and there " + String.join(", ", differences)
                        + ". Change it first (kubectl --context inventory edit cluster " + name
                        + "), or leave those options out.");
            }
        } else if (!answer.succeeded()) {
            throw new CommandFailure("cannot register " + name + ": " + HubApi.words(answer));
        }
    }

    /** What a registered cluster has otherwise than asked for, in words; what was not asked for does not count. */
    static List<String> differences(JsonNode cluster, Map<String, String> labels, Map<String, String> properties) {
        List<String> differences = new ArrayList<>();
        compare("label ", cluster.path("metadata").path("labels"), labels, differences);
        compare("property ", cluster.path("spec").path("properties"), properties, differences);
        return differences;
    }

    private static void compare(String what, JsonNode there, Map<String, String> asked, List<String> differences) {
        new TreeMap<>(asked).forEach((key, value) -> {
            String present = there.path(key).asString("");
            if (!there.has(key) || !present.equals(value)) {
                differences.add(what + key + (there.has(key) ? " is " + present : " is missing"));
            }
        });
    }

    /** A new join token; waits for the cluster's mailbox, which follows its registration within a second. */
    public JoinToken joinToken(HubApi hub, String name) {
        String path = "/api/v1/clusters/" + name + "/tokens";
        long deadline = System.nanoTime() + MAILBOX_LIMIT.toNanos();
        HubApi.Answer answer = hub.post(path, "{}");
        while (answer.status() == 404 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = hub.post(path, "{}");
        }
        if (!answer.succeeded()) {
            throw new CommandFailure("no join token for " + name + ": " + HubApi.words(answer));
        }
        JsonNode body = answer.body();
        return new JoinToken(
                body.path("token").asString(),
                body.path("agentUrl").asString(agentUrl),
                body.path("caPem").asString(),
                body.path("expiresAt").asString());
    }
}
