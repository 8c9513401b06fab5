package io.edgemc.kube.read.columns;

import static io.edgemc.kube.read.columns.CellText.at;
import static io.edgemc.kube.read.columns.CellText.or;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a pod's containers come to, as {@code kubectl get pods} tells it.
 *
 * @param reason the one word for its state
 * @param ready ready containers
 * @param containers containers that count, among them init containers that keep running
 * @param restarts of all containers that count now
 * @param lastRestart when a container ended last, empty if unknown
 */
record PodState(String reason, int ready, int containers, int restarts, String lastRestart) {
    static PodState of(JsonNode pod) {
        return new Reading(pod).state();
    }

    /** Reads one pod, init containers first: while they run, they alone tell. */
    private static final class Reading {
        private final JsonNode pod;
        private final JsonNode status;
        private final Set<String> sidecars = new HashSet<>();
        private String reason;
        private int ready;
        private int restarts;
        private String lastRestart = "";

        Reading(JsonNode pod) {
            this.pod = pod;
            this.status = pod.path("status");
            this.reason = or(at(status, "reason"), at(status, "phase"));
            for (JsonNode container : pod.path("spec").path("initContainers")) {
                if (at(container, "restartPolicy").equals("Always")) {
                    sidecars.add(at(container, "name"));
                }
            }
        }

        PodState state() {
            if (at(CellText.find(pod, "PodScheduled"), "reason").equals("SchedulingGated")) {
                reason = "SchedulingGated";
            }
            boolean initializing = initializing();
            if (!initializing || CellText.condition(pod, "Initialized").equals("True")) {
                main();
            }
            String phase = at(status, "phase");
            if (CellText.isDeleting(pod)) {
                if (at(status, "reason").equals("NodeLost")) {
                    reason = "Unknown";
                } else if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
                    reason = "Terminating";
                }
            }
            int containers = pod.path("spec").path("containers").size() + sidecars.size();
            return new PodState(reason, ready, containers, restarts, lastRestart);
        }

        private boolean initializing() {
            int index = 0;
            for (JsonNode container : status.path("initContainerStatuses")) {
                restarted(container);
                boolean sidecar = sidecars.contains(at(container, "name"));
                JsonNode ended = container.path("state").path("terminated");
                String waiting = at(container, "state.waiting.reason");
                if (sidecar && container.path("started").asBoolean(false)) {
                    ready += container.path("ready").asBoolean(false) ? 1 : 0;
                } else if (!ended.isObject() || ended.path("exitCode").asInt(0) != 0) {
                    reason = "Init:"
                            + (ended.isObject()
                                    ? end(ended)
                                    : waiting.isEmpty() || waiting.equals("PodInitializing")
                                            ? index + "/"
                                                    + pod.path("spec")
                                                            .path("initContainers")
                                                            .size()
                                            : waiting);
                    return true;
                }
                index++;
            }
            return false;
        }

        private void main() {
            restarts = 0;
            lastRestart = "";
            for (JsonNode container : status.path("initContainerStatuses")) {
                if (sidecars.contains(at(container, "name"))) {
                    restarted(container);
                }
            }
            boolean running = false;
            JsonNode containers = status.path("containerStatuses");
            // The first container has the last word.
            for (int i = containers.size() - 1; i >= 0; i--) {
                JsonNode container = containers.get(i);
                restarted(container);
                String waiting = at(container, "state.waiting.reason");
                JsonNode ended = container.path("state").path("terminated");
                if (!waiting.isEmpty()) {
                    reason = waiting;
                } else if (ended.isObject()) {
                    reason = end(ended);
                } else if (container.path("ready").asBoolean(false)
                        && container.path("state").path("running").isObject()) {
                    running = true;
                    ready++;
                }
            }
            if (reason.equals("Completed") && running) {
                reason = CellText.condition(pod, "Ready").equals("True") ? "Running" : "NotReady";
            }
        }

        private void restarted(JsonNode container) {
            restarts += container.path("restartCount").asInt(0);
            String ended = at(container, "lastState.terminated.finishedAt");
            // Times of one form and one zone are in the order of their text.
            if (ended.compareTo(lastRestart) > 0) {
                lastRestart = ended;
            }
        }

        private static String end(JsonNode ended) {
            int signal = ended.path("signal").asInt(0);
            return or(
                    at(ended, "reason"),
                    signal != 0
                            ? "Signal:" + signal
                            : "ExitCode:" + ended.path("exitCode").asInt(0));
        }
    }
}
