package io.edgemc.kube.rules;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of HorizontalPodAutoscalers: the use of CPU as metric, and rules of a behavior that says something. */
final class AutoscalerDefaults {
    private static final int PERIOD_SECONDS = 15;

    private AutoscalerDefaults() {}

    static void apply(JsonNode scaler) {
        if (!(scaler instanceof ObjectNode spec)) {
            return;
        }
        if (spec.path("metrics").isEmpty() && !spec.has("targetCPUUtilizationPercentage")) {
            ObjectNode metric = spec.putArray("metrics").addObject().put("type", "Resource");
            metric.putObject("resource")
                    .put("name", "cpu")
                    .putObject("target")
                    .put("type", "Utilization")
                    .put("averageUtilization", 80);
        }
        if (spec.path("behavior") instanceof ObjectNode behavior) {
            ObjectNode up = rules(behavior, "scaleUp");
            if (!up.has("stabilizationWindowSeconds")) {
                up.put("stabilizationWindowSeconds", 0);
            }
            if (up.path("policies").isEmpty()) {
                ArrayNode policies = up.putArray("policies");
                policy(policies, "Pods", 4);
                policy(policies, "Percent", 100);
            }
            ObjectNode down = rules(behavior, "scaleDown");
            if (down.path("policies").isEmpty()) {
                policy(down.putArray("policies"), "Percent", 100);
            }
        }
    }

    private static ObjectNode rules(ObjectNode behavior, String direction) {
        ObjectNode rules = behavior.path(direction) instanceof ObjectNode there ? there : behavior.putObject(direction);
        if (!rules.has("selectPolicy")) {
            rules.put("selectPolicy", "Max");
        }
        return rules;
    }

    private static void policy(ArrayNode policies, String type, int value) {
        policies.addObject().put("type", type).put("value", value).put("periodSeconds", PERIOD_SECONDS);
    }
}
