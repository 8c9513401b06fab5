package io.edgemc.kube.facts;

import io.edgemc.kube.kind.VersionForm;
import io.edgemc.kube.schema.Surrogates;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * HorizontalPodAutoscalers of {@code autoscaling/v1}, which rest as {@code v2}: the use of CPU is a field of its own, and what
 * {@code v1} has no fields for is in annotations, as Kubernetes converts them.
 */
final class AutoscalerV1 implements VersionForm {
    private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
    private static final String PERCENT = "targetCPUUtilizationPercentage";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Parts of {@code v2} by the annotation that holds them in {@code v1}. */
    private static final Map<String, List<String>> PARTS = Map.of(
            PREFIX + "metrics", List.of("spec", "metrics"),
            PREFIX + "behavior", List.of("spec", "behavior"),
            PREFIX + "conditions", List.of("status", "conditions"),
            PREFIX + "current-metrics", List.of("status", "currentMetrics"));

    @Override
    public void toWire(ObjectNode object) {
        if (object.path("spec") instanceof ObjectNode spec) {
            ArrayNode others = JSON.arrayNode();
            JsonNode cpu = null;
            for (JsonNode metric : spec.path("metrics")) {
                if (cpu == null && isCpu(metric, "target")) {
                    cpu = metric.path("resource").path("target").path("averageUtilization");
                } else {
                    others.add(AutoscalerMetrics.toV1(metric));
                }
            }
            spec.remove("metrics");
            if (cpu != null) {
                spec.set(PERCENT, cpu);
            }
            noted(object, PREFIX + "metrics", others);
            noted(object, PREFIX + "behavior", spec.remove("behavior"));
        }
        if (object.path("status") instanceof ObjectNode status) {
            JsonNode metrics = status.remove("currentMetrics");
            ArrayNode others = JSON.arrayNode();
            for (JsonNode metric : metrics == null ? others : metrics) {
                if (isCpu(metric, "current") && !status.has("currentCPUUtilizationPercentage")) {
                    status.set(
                            "currentCPUUtilizationPercentage",
                            metric.path("resource").path("current").path("averageUtilization"));
                }
                others.add(AutoscalerMetrics.statusToV1(metric));
            }
            noted(object, PREFIX + "current-metrics", others);
            noted(object, PREFIX + "conditions", status.remove("conditions"));
            if (!status.has("currentReplicas")) {
                status.put("currentReplicas", 0);
            }
        }
    }

    @Override
    public void toRest(ObjectNode object) {
        object.put("apiVersion", "autoscaling/v2");
        ObjectNode spec = object.withObject("/spec");
        ArrayNode metrics = JSON.arrayNode();
        for (JsonNode metric : annotated(object, PREFIX + "metrics")) {
            metrics.add(AutoscalerMetrics.toV2(metric));
        }
        JsonNode percent = spec.remove(PERCENT);
        if (percent != null && percent.isNumber()) {
            ObjectNode metric = metrics.addObject().put("type", "Resource");
            metric.putObject("resource")
                    .put("name", "cpu")
                    .putObject("target")
                    .put("type", "Utilization")
                    .set("averageUtilization", percent);
        }
        if (!metrics.isEmpty()) {
            spec.set("metrics", metrics);
        }
        JsonNode behavior = annotated(object, PREFIX + "behavior");
        if (behavior.isObject()) {
            spec.set("behavior", behavior);
        }
        if (object.path("status") instanceof ObjectNode status) {
            statusToRest(object, status);
        }
        if (object.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            PARTS.keySet().forEach(annotations::remove);
            if (annotations.isEmpty()) {
                object.withObject("/metadata").remove("annotations");
            }
        }
    }

    private static void statusToRest(ObjectNode object, ObjectNode status) {
        status.remove("currentCPUUtilizationPercentage");
        ArrayNode current = JSON.arrayNode();
        for (JsonNode metric : annotated(object, PREFIX + "current-metrics")) {
            current.add(AutoscalerMetrics.statusToV2(metric));
        }
        if (current.isEmpty()) {
            status.putNull("currentMetrics");
        } else {
            status.set("currentMetrics", current);
        }
        JsonNode conditions = annotated(object, PREFIX + "conditions");
        if (conditions.isArray()) {
            status.set("conditions", conditions);
        }
        if (status.path("currentReplicas").asInt(0) == 0) {
            status.remove("currentReplicas");
        }
    }

    private static boolean isCpu(JsonNode metric, String values) {
        JsonNode resource = metric.path("resource");
        return metric.path("type").asString("").equals("Resource")
                && resource.path("name").asString("").equals("cpu")
                && resource.path(values).path("averageUtilization").isNumber();
    }

    private static void noted(ObjectNode object, String annotation, @Nullable JsonNode part) {
        if (part == null || part.isEmpty()) {
            return;
        }
        object.withObject("/metadata").withObject("/annotations").put(annotation, part.toString());
    }

    /** What an annotation holds; missing if it holds nothing that can be read. */
    private static JsonNode annotated(ObjectNode object, String annotation) {
        String text =
                object.path("metadata").path("annotations").path(annotation).asString("");
        try {
            return text.isEmpty()
                    ? JSON.missingNode()
                    : JsonMapper.shared().readTree(Surrogates.repaired(text.getBytes(StandardCharsets.UTF_8)));
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }
}
