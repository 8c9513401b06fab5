package io.edgemc.kube.rules;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** HorizontalPodAutoscalers, in the form of {@code v2}. */
final class AutoscalerChecks {
    private AutoscalerChecks() {}

    static void of(JsonNode spec, Findings findings) {
        JsonNode least = spec.path("minReplicas");
        JsonNode most = spec.path("maxReplicas");
        if (least.isNumber() && least.asInt() < 1) {
            findings.invalid("spec.minReplicas", least, "must be greater than or equal to 1");
        }
        if (most.asInt(0) < 1) {
            findings.required("spec.maxReplicas", "must be set and greater than 0");
        }
        if (least.isNumber() && most.asInt(0) < least.asInt()) {
            findings.invalidShown(
                    "spec.maxReplicas",
                    Integer.toString(most.asInt(0)),
                    "must be greater than or equal to `minReplicas`");
        }
        reference(spec.path("scaleTargetRef"), "spec.scaleTargetRef", findings);
        for (int i = 0; i < spec.path("metrics").size(); i++) {
            metric(spec.path("metrics").get(i), "spec.metrics[" + i + "]", findings);
        }
        boolean outside = spec.path("metrics")
                .valueStream()
                .anyMatch(metric -> List.of("Object", "External")
                        .contains(metric.path("type").asString("")));
        if (least.isNumber() && least.asInt() == 0 && !outside) {
            findings.forbidden(
                    "spec.metrics",
                    "must specify at least one Object or External metric to support scaling to zero replicas");
        }
        for (String direction : List.of("scaleUp", "scaleDown")) {
            scaling(spec.path("behavior").path(direction), "spec.behavior." + direction, findings);
        }
    }

    private static void reference(JsonNode target, String path, Findings findings) {
        for (String member : List.of("kind", "name")) {
            if (target.path(member).asString("").isEmpty()) {
                findings.required(path + "." + member);
            }
        }
        String apiVersion = target.path("apiVersion").asString("");
        boolean core = target.path("kind").asString("").equals("ReplicationController");
        if (!core && apiVersion.indexOf('/') < 0) {
            findings.invalid(path + ".apiVersion", apiVersion, "apiVersion must specify API group");
        }
    }

    private static void metric(JsonNode metric, String path, Findings findings) {
        String type = metric.path("type").asString("");
        List<String> types = List.of("ContainerResource", "External", "Object", "Pods", "Resource");
        if (type.isEmpty()) {
            findings.required(path + ".type", "must specify a metric source type");
            return;
        }
        if (!types.contains(type)) {
            // Once as no type, and once more as none of those whose sources are looked at.
            findings.unsupported(path + ".type", metric.path("type"), types);
            findings.unsupported(path + ".type", metric.path("type"), types);
            return;
        }
        String member = Character.toLowerCase(type.charAt(0)) + type.substring(1);
        JsonNode source = metric.path(member);
        if (!source.isObject()) {
            findings.required(path + "." + member, "must populate information for the given metric source");
            return;
        }
        if (type.endsWith("Resource")) {
            resource(source, path + "." + member, findings);
        }
    }

    private static void resource(JsonNode source, String path, Findings findings) {
        if (source.path("name").asString("").isEmpty()) {
            findings.required(path + ".name", "must specify a resource name");
        }
        JsonNode target = source.path("target");
        if (target.path("type").asString("").isEmpty()) {
            findings.required(path + ".target.type", "must specify a metric target type");
        }
        JsonNode utilization = target.path("averageUtilization");
        if (utilization.isNumber() && utilization.asInt() < 1) {
            findings.invalid(path + ".target.averageUtilization", utilization, "must be greater than 0");
        }
        boolean value = target.has("averageValue");
        if (!utilization.isNumber() && !value) {
            findings.required(
                    path + ".target.averageUtilization", "must set either a target raw value or a target utilization");
        }
        if (utilization.isNumber() && value) {
            findings.forbidden(
                    path + ".target.averageValue", "may not set both a target raw value and a target utilization");
        }
    }

    private static void scaling(JsonNode rules, String path, Findings findings) {
        if (!rules.isObject()) {
            return;
        }
        JsonNode window = rules.path("stabilizationWindowSeconds");
        if (window.isNumber() && window.asInt() < 0) {
            findings.invalid(path + ".stabilizationWindowSeconds", window, "must be greater than or equal to zero");
        }
        if (window.isNumber() && window.asInt() > 3600) {
            findings.invalid(path + ".stabilizationWindowSeconds", window, "must be less than or equal to 3600");
        }
    }
}
