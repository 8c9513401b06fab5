package io.edgemc.kube.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults that depend on other values. */
final class ComputedDefaults {
    private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

    private ComputedDefaults() {}

    static void apply(String kind, @Nullable ObjectNode before, ObjectNode object) {
        String pod = Places.PODS.get(kind);
        if (pod != null && Places.node(object, pod) instanceof ObjectNode spec) {
            pod(kind, spec);
        }
        switch (kind) {
            case "services" -> ServiceDefaults.apply(object);
            case "replicationcontrollers" -> controller(object);
            case "networkpolicies.networking.k8s.io" -> networkPolicy(object.path("spec"));
            case "horizontalpodautoscalers.autoscaling" -> AutoscalerDefaults.apply(object.path("spec"));
            case "limitranges" -> limits(object.path("spec").path("limits"));
            case "daemonsets.apps" -> templateGeneration(before, object);
            case "jobs.batch" -> jobLabels(before, object);
            default -> {}
        }
    }

    private static void pod(String kind, ObjectNode spec) {
        boolean host = spec.path("hostNetwork").asBoolean(false);
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            for (JsonNode container : spec.path(list)) {
                if (container instanceof ObjectNode node) {
                    container(node, host, kind.equals("pods") && !list.startsWith("ephemeral"));
                }
            }
        }
        for (JsonNode volume : spec.path("volumes")) {
            if (volume instanceof ObjectNode node && node.size() == 1 && node.has("name")) {
                node.putObject("emptyDir");
            }
        }
        String account = spec.path("serviceAccountName")
                .asString(spec.path("serviceAccount").asString(""));
        if (!account.isEmpty()) {
            spec.put("serviceAccountName", account).put("serviceAccount", account);
        }
        JsonNode grace = spec.path("terminationGracePeriodSeconds");
        if (kind.equals("pods") && grace.isNumber() && grace.asLong() < 0) {
            spec.put("terminationGracePeriodSeconds", 1);
        }
    }

    private static void container(ObjectNode container, boolean host, boolean inPod) {
        if (!container.has("imagePullPolicy") && container.path("image").isString()) {
            container.put("imagePullPolicy", pullPolicy(container.path("image").asString("")));
        }
        if (host) {
            for (JsonNode port : container.path("ports")) {
                if (port instanceof ObjectNode node && port.path("hostPort").asInt(0) == 0) {
                    node.set("hostPort", port.path("containerPort"));
                }
            }
        }
        if (inPod && container.path("resources") instanceof ObjectNode resources) {
            fill(resources, "requests", "limits");
        }
    }

    /** Tags move, so those that say "latest", or nothing, are pulled always. */
    private static String pullPolicy(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        int digest = name.indexOf('@');
        String tagged = digest < 0 ? name : name.substring(0, digest);
        int colon = tagged.indexOf(':');
        boolean latest = colon < 0 ? digest < 0 : tagged.substring(colon + 1).equals("latest");
        return latest ? "Always" : "IfNotPresent";
    }

    private static void networkPolicy(JsonNode policy) {
        if (policy instanceof ObjectNode spec && spec.path("policyTypes").isEmpty()) {
            ArrayNode types = spec.putArray("policyTypes").add("Ingress");
            if (!spec.path("egress").isEmpty()) {
                types.add("Egress");
            }
        }
    }

    private static void limits(JsonNode limits) {
        for (JsonNode limit : limits) {
            if (limit.path("type").asString("").equals("Container") && limit instanceof ObjectNode object) {
                fill(object, "default", "max");
                fill(object, "defaultRequest", "default");
                fill(object, "defaultRequest", "min");
            }
        }
    }

    /** What a map of resources does not say, another says. */
    private static void fill(ObjectNode object, String into, String from) {
        JsonNode source = object.path(from);
        if (source.isEmpty()) {
            return;
        }
        ObjectNode target = object.path(into) instanceof ObjectNode there ? there : object.putObject(into);
        for (Map.Entry<String, JsonNode> entry : source.properties()) {
            if (!target.has(entry.getKey())) {
                target.set(entry.getKey(), entry.getValue());
            }
        }
    }

    private static void controller(ObjectNode controller) {
        JsonNode labels =
                controller.path("spec").path("template").path("metadata").path("labels");
        if (labels.isEmpty()) {
            return;
        }
        if (controller.path("spec").path("selector").isEmpty()) {
            ((ObjectNode) controller.path("spec")).set("selector", labels.deepCopy());
        }
        if (controller.path("metadata") instanceof ObjectNode metadata
                && metadata.path("labels").isEmpty()) {
            metadata.set("labels", labels.deepCopy());
        }
    }

    /** How often the template changed, in an annotation. */
    private static void templateGeneration(@Nullable ObjectNode before, ObjectNode set) {
        if (!(set.path("metadata") instanceof ObjectNode metadata)) {
            return;
        }
        long generation = 1;
        if (before != null) {
            JsonNode old = before.path("metadata").path("annotations").path(TEMPLATE_GENERATION);
            boolean changed = !before.path("spec")
                    .path("template")
                    .equals(set.path("spec").path("template"));
            generation = number(old.asString("0")) + (changed ? 1 : 0);
        }
        ObjectNode annotations =
                metadata.path("annotations") instanceof ObjectNode there ? there : metadata.putObject("annotations");
        annotations.put(TEMPLATE_GENERATION, Long.toString(generation));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A Job without labels has those of its pods. */
    private static void jobLabels(@Nullable ObjectNode before, ObjectNode job) {
        JsonNode labels = Places.node(job, "spec.template.metadata.labels");
        if (before == null
                && !labels.isEmpty()
                && job.path("metadata") instanceof ObjectNode metadata
                && metadata.path("labels").isEmpty()) {
            metadata.set("labels", labels.deepCopy());
        }
    }
}
