package io.edgemc.kube.write;

import io.edgemc.kube.store.KindRef;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Defaults of built-in kinds that depend on other fields, as the API server's own code sets them; those that do not are
 * data ({@code kubernetes-1.36.defaults.json}). Runs after those, in place.
 */
final class BuiltInDefaults {
    private static final String CLIENT_IP = "ClientIP";
    private static final Map<String, String> POD_SPECS = Map.of(
            "pods", "/spec",
            "podtemplates", "/template/spec",
            "replicationcontrollers", "/spec/template/spec",
            "deployments.apps", "/spec/template/spec",
            "replicasets.apps", "/spec/template/spec",
            "statefulsets.apps", "/spec/template/spec",
            "daemonsets.apps", "/spec/template/spec",
            "jobs.batch", "/spec/template/spec",
            "cronjobs.batch", "/spec/jobTemplate/spec/template/spec");

    private BuiltInDefaults() {}

    static void apply(KindRef kind, ObjectNode object) {
        String name = kind.toString();
        String podSpec = POD_SPECS.get(name);
        if (podSpec != null) {
            PodDefaults.spec(object.at(podSpec));
        }
        ObjectNode spec = object.path("spec") instanceof ObjectNode there ? there : null;
        switch (name) {
            case "pods" -> PodDefaults.pod(object);
            case "rolebindings.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io" ->
                subjects(object.path("subjects"));
            default -> {
                if (spec != null) {
                    ofSpec(name, object, spec);
                }
            }
        }
    }

    private static void ofSpec(String name, ObjectNode object, ObjectNode spec) {
        switch (name) {
            case "deployments.apps" ->
                rolling(spec.path("strategy"), Map.of("maxUnavailable", "25%", "maxSurge", "25%"));
            case "daemonsets.apps" -> rolling(spec.path("updateStrategy"), Map.of("maxUnavailable", 1, "maxSurge", 0));
            case "statefulsets.apps" -> statefulSet(spec);
            case "jobs.batch" -> job(spec);
            case "replicationcontrollers" -> replicationController(object, spec);
            case "services" -> service(spec);
            case "networkpolicies.networking.k8s.io" -> networkPolicy(spec);
            case "horizontalpodautoscalers.autoscaling" -> autoscaler(spec);
            case "limitranges" -> limits(spec);
            default -> {}
        }
    }

    private static void rolling(JsonNode strategy, Map<String, Object> limits) {
        if (strategy.path("type").asString("").equals("RollingUpdate") && strategy instanceof ObjectNode object) {
            ObjectNode rolling = child(object, "rollingUpdate");
            limits.forEach((field, value) -> {
                if (!rolling.has(field)) {
                    rolling.set(
                            field,
                            value instanceof Integer number
                                    ? rolling.numberNode(number)
                                    : rolling.stringNode(value.toString()));
                }
            });
        }
    }

    private static void statefulSet(ObjectNode spec) {
        rolling(spec.path("updateStrategy"), Map.of("partition", 0));
        for (JsonNode template : spec.path("volumeClaimTemplates")) {
            if (template instanceof ObjectNode claim) {
                absent(claim, "apiVersion", "v1");
                absent(claim, "kind", "PersistentVolumeClaim");
                child(claim, "status").put("phase", "Pending");
            }
        }
    }

    private static void job(ObjectNode spec) {
        if (!spec.has("completions") && !spec.has("parallelism")) {
            spec.put("completions", 1);
        }
        absent(spec, "parallelism", 1);
        absent(spec, "backoffLimit", 6);
        absent(spec, "completionMode", "NonIndexed");
        if (!spec.has("suspend")) {
            spec.put("suspend", false);
        }
        absent(spec, "podReplacementPolicy", spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    }

    private static void replicationController(ObjectNode object, ObjectNode spec) {
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        if (labels.isEmpty()) {
            return;
        }
        if (spec.path("selector").isEmpty()) {
            spec.set("selector", labels.deepCopy());
        }
        ObjectNode metadata = ObjectMeta.of(object);
        if (metadata.path("labels").isEmpty()) {
            metadata.set("labels", labels.deepCopy());
        }
    }

    private static void service(ObjectNode spec) {
        String type = spec.path("type").asString("");
        for (JsonNode port : spec.path("ports")) {
            JsonNode target = port.path("targetPort");
            boolean none = target.isMissingNode()
                    || target.isNumber() && target.asInt() == 0
                    || target.isString() && target.asString().isEmpty();
            if (none && port instanceof ObjectNode object && port.has("port")) {
                object.set("targetPort", port.get("port"));
            }
        }
        if (spec.path("sessionAffinity").asString("").equals(CLIENT_IP)) {
            absent(child(child(spec, "sessionAffinityConfig"), "clientIP"), "timeoutSeconds", 10_800);
        }
        if (type.equals("ExternalName")) {
            return;
        }
        absent(spec, "internalTrafficPolicy", "Cluster");
        absent(spec, "ipFamilyPolicy", "SingleStack");
        if (!spec.has("ipFamilies")) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        if (spec.path("clusterIP").asString("").equals("None") && !spec.has("clusterIPs")) {
            spec.putArray("clusterIPs").add("None");
        }
        if (type.equals("NodePort") || type.equals("LoadBalancer")) {
            absent(spec, "externalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer") && !spec.has("allocateLoadBalancerNodePorts")) {
            spec.put("allocateLoadBalancerNodePorts", true);
        }
    }

    private static void networkPolicy(ObjectNode spec) {
        if (!spec.path("policyTypes").isEmpty()) {
            return;
        }
        ArrayNode types = spec.putArray("policyTypes").add("Ingress");
        if (!spec.path("egress").isEmpty()) {
            types.add("Egress");
        }
    }

    private static void autoscaler(ObjectNode spec) {
        if (!spec.path("metrics").isEmpty() || spec.has("targetCPUUtilizationPercentage")) {
            return;
        }
        ObjectNode metric = spec.putArray("metrics").addObject().put("type", "Resource");
        metric.putObject("resource")
                .put("name", "cpu")
                .putObject("target")
                .put("type", "Utilization")
                .put("averageUtilization", 80);
    }

    private static void limits(ObjectNode spec) {
        for (JsonNode limit : spec.path("limits")) {
            if (limit.path("type").asString("").equals("Container") && limit instanceof ObjectNode object) {
                fill(object, "default", "max");
                fill(object, "defaultRequest", "default");
                fill(object, "defaultRequest", "min");
            }
        }
    }

    private static void fill(ObjectNode object, String into, String from) {
        for (Map.Entry<String, JsonNode> entry : object.path(from).properties()) {
            ObjectNode target = child(object, into);
            if (!target.has(entry.getKey())) {
                target.set(entry.getKey(), entry.getValue());
            }
        }
    }

    private static void subjects(JsonNode subjects) {
        for (JsonNode subject : subjects) {
            boolean person =
                    List.of("User", "Group").contains(subject.path("kind").asString(""));
            if (person && subject instanceof ObjectNode object) {
                absent(object, "apiGroup", "rbac.authorization.k8s.io");
            }
        }
    }

    private static ObjectNode child(ObjectNode object, String member) {
        return object.path(member) instanceof ObjectNode there ? there : object.putObject(member);
    }

    private static void absent(ObjectNode object, String member, String value) {
        if (object.path(member).asString("").isEmpty()) {
            object.put(member, value);
        }
    }

    private static void absent(ObjectNode object, String member, int value) {
        if (!object.has(member)) {
            object.put(member, value);
        }
    }
}
