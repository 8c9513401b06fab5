package io.edgemc.kube.read.columns;

import static io.edgemc.kube.read.columns.CellText.at;
import static io.edgemc.kube.read.columns.CellText.or;

import io.edgemc.kube.read.columns.BuiltInColumns.Registry;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** HorizontalPodAutoscalers, in the form of {@code v2} and in that of {@code v1}. */
final class AutoscalingColumns {
    private static final String KIND = "horizontalpodautoscalers.autoscaling";
    private static final int MOST = 2;

    private AutoscalingColumns() {}

    static void addTo(Registry registry) {
        registry.text(
                KIND + "/Reference",
                scaler -> at(scaler, "spec.scaleTargetRef.kind") + "/" + at(scaler, "spec.scaleTargetRef.name"));
        registry.text(KIND + "/Targets", AutoscalingColumns::targets);
        registry.number(
                "scales.autoscaling/Desired",
                scale -> scale.path("spec").path("replicas").asLong(0));
        registry.number(
                "scales.autoscaling/Available",
                scale -> scale.path("status").path("replicas").asLong(0));
    }

    private static String targets(JsonNode scaler) {
        JsonNode percent = scaler.path("spec").path("targetCPUUtilizationPercentage");
        if (percent.isNumber()) {
            JsonNode current = scaler.path("status").path("currentCPUUtilizationPercentage");
            return "cpu: " + percent(current, "<unknown>") + "/" + percent(percent, "");
        }
        List<String> targets = new ArrayList<>();
        int index = 0;
        for (JsonNode metric : scaler.path("spec").path("metrics")) {
            JsonNode seen = scaler.path("status").path("currentMetrics").path(index++);
            targets.add(target(metric, seen));
        }
        return or(CellText.first(targets, MOST, ", "), CellText.NONE);
    }

    private static String target(JsonNode metric, JsonNode seen) {
        return switch (at(metric, "type")) {
            case "External" -> value(metric.path("external"), seen.path("external"));
            case "Object" -> value(metric.path("object"), seen.path("object"));
            case "Pods" ->
                or(at(seen, "pods.current.averageValue"), "<unknown>") + "/" + at(metric, "pods.target.averageValue");
            case "Resource" -> resource(metric.path("resource"), seen.path("resource"));
            case "ContainerResource" -> resource(metric.path("containerResource"), seen.path("containerResource"));
            default -> "<unknown type>";
        };
    }

    private static String value(JsonNode metric, JsonNode seen) {
        String average = at(metric, "target.averageValue");
        return average.isEmpty()
                ? or(at(seen, "current.value"), "<unknown>") + "/" + at(metric, "target.value")
                : or(at(seen, "current.averageValue"), "<unknown>") + "/" + average + " (avg)";
    }

    private static String resource(JsonNode metric, JsonNode seen) {
        String average = at(metric, "target.averageValue");
        JsonNode current = seen.path("current");
        return at(metric, "name") + ": "
                + (average.isEmpty()
                        ? percent(current.path("averageUtilization"), "<unknown>") + "/"
                                + percent(metric.path("target").path("averageUtilization"), "<auto>")
                        : or(at(current, "averageValue"), "<unknown>") + "/" + average);
    }

    private static String percent(JsonNode number, String absent) {
        return number instanceof MissingNode ? absent : number.asInt(0) + "%";
    }
}
