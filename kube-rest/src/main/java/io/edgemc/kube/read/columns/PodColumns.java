package io.edgemc.kube.read.columns;

import static io.edgemc.kube.read.columns.CellText.NONE;
import static io.edgemc.kube.read.columns.CellText.at;
import static io.edgemc.kube.read.columns.CellText.or;

import io.edgemc.kube.read.columns.BuiltInColumns.Registry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Pods. */
final class PodColumns {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PodColumns() {}

    static void addTo(Registry registry) {
        registry.add(
                "pods/Ready",
                row -> JSON.stringNode(row.pod().ready() + "/" + row.pod().containers()));
        registry.add("pods/Status", row -> JSON.stringNode(row.pod().reason()));
        registry.add("pods/Restarts", row -> {
            PodState state = row.pod();
            String text = Integer.toString(state.restarts());
            boolean dated = state.restarts() != 0 && !state.lastRestart().isEmpty();
            return JSON.stringNode(dated ? text + " (" + Ages.since(state.lastRestart(), row.now()) + " ago)" : text);
        });
        registry.text(
                "pods/IP",
                pod -> or(
                        pod.path("status").path("podIPs").path(0).path("ip").asString(at(pod, "status.podIP")), NONE));
        registry.text("pods/Node", pod -> or(at(pod, "spec.nodeName"), NONE));
        registry.text("pods/Nominated Node", pod -> or(at(pod, "status.nominatedNodeName"), NONE));
        registry.text("pods/Readiness Gates", PodColumns::gates);
    }

    private static String gates(JsonNode pod) {
        JsonNode gates = pod.path("spec").path("readinessGates");
        if (gates.isEmpty()) {
            return NONE;
        }
        int open = 0;
        for (JsonNode gate : gates) {
            open += CellText.condition(pod, at(gate, "conditionType")).equals("True") ? 1 : 0;
        }
        return open + "/" + gates.size();
    }
}
