package io.edgemc.kube.write;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of Pods and their templates that depend on other fields; the others are data, see {@code facts}. */
final class PodDefaults {
    private static final List<String> CONTAINERS = List.of("containers", "initContainers", "ephemeralContainers");

    private PodDefaults() {}

    /** Of a template and of a Pod alike. */
    static void spec(JsonNode given) {
        if (!(given instanceof ObjectNode spec)) {
            return;
        }
        boolean hostNetwork = spec.path("hostNetwork").asBoolean(false);
        for (String list : CONTAINERS) {
            for (JsonNode container : spec.path(list)) {
                if (container instanceof ObjectNode object) {
                    container(object, hostNetwork);
                }
            }
        }
        // The older of two names for one thing.
        mirror(spec, "serviceAccountName", "serviceAccount");
        mirror(spec, "serviceAccount", "serviceAccountName");
        for (JsonNode volume : spec.path("volumes")) {
            if (volume.size() == 1 && volume.has("name")) {
                ((ObjectNode) volume).putObject("emptyDir");
            }
        }
    }

    /** Of a Pod, not of a template. */
    static void pod(ObjectNode pod) {
        if (!(pod.path("spec") instanceof ObjectNode spec)) {
            return;
        }
        if (!spec.has("enableServiceLinks")) {
            spec.put("enableServiceLinks", true);
        }
        for (String list : CONTAINERS.subList(0, 2)) {
            for (JsonNode container : spec.path(list)) {
                requestsFromLimits(container.path("resources"));
            }
        }
    }

    private static void container(ObjectNode container, boolean hostNetwork) {
        if (container.path("imagePullPolicy").asString("").isEmpty()) {
            boolean moves = isLatest(container.path("image").asString(""));
            container.put("imagePullPolicy", moves ? "Always" : "IfNotPresent");
        }
        for (JsonNode port : container.path("ports")) {
            if (hostNetwork && !port.has("hostPort") && port instanceof ObjectNode object) {
                object.set("hostPort", port.path("containerPort"));
            }
        }
    }

    /** Whether an image has the tag {@code latest}, which is also what no tag and no digest mean. */
    private static boolean isLatest(String image) {
        if (image.contains("@")) {
            return false;
        }
        int colon = image.lastIndexOf(':');
        return colon <= image.lastIndexOf('/') || image.substring(colon + 1).equals("latest");
    }

    private static void requestsFromLimits(JsonNode resources) {
        JsonNode limits = resources.path("limits");
        if (!limits.isObject() || limits.isEmpty()) {
            return;
        }
        ObjectNode requests = resources.path("requests") instanceof ObjectNode there
                ? there
                : ((ObjectNode) resources).putObject("requests");
        for (Map.Entry<String, JsonNode> limit : limits.properties()) {
            if (!requests.has(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        }
    }

    /**
     * How much of what it may use a Pod is promised.
     *
     * @return {@code Guaranteed}, {@code Burstable} or {@code BestEffort}
     */
    static String qualityOfService(JsonNode spec) {
        boolean any = false;
        boolean all = true;
        for (String list : CONTAINERS.subList(0, 2)) {
            for (JsonNode container : spec.path(list)) {
                JsonNode limits = container.path("resources").path("limits");
                JsonNode requests = container.path("resources").path("requests");
                for (String resource : List.of("cpu", "memory")) {
                    any |= limits.has(resource) || requests.has(resource);
                    all &= limits.has(resource) && limits.get(resource).equals(requests.get(resource));
                }
            }
        }
        return !any ? "BestEffort" : all ? "Guaranteed" : "Burstable";
    }

    private static void mirror(ObjectNode spec, String from, String to) {
        if (spec.path(from).isString() && !spec.has(to)) {
            spec.set(to, spec.get(from));
        }
    }
}
