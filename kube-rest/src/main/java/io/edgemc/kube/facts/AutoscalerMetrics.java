package io.edgemc.kube.facts;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One metric of an autoscaler, in the form of {@code v2} and in that of {@code v1}'s annotations. */
final class AutoscalerMetrics {
    private static final Map<String, String> TARGETS = Map.of(
            "targetAverageUtilization", "averageUtilization",
            "targetAverageValue", "averageValue",
            "targetValue", "value");
    private static final Map<String, String> CURRENT = Map.of(
            "currentAverageUtilization", "averageUtilization",
            "currentAverageValue", "averageValue",
            "currentValue", "value");

    private AutoscalerMetrics() {}

    static ObjectNode toV1(JsonNode metric) {
        return flat(metric, "target", TARGETS);
    }

    static ObjectNode statusToV1(JsonNode metric) {
        return flat(metric, "current", CURRENT);
    }

    static ObjectNode toV2(JsonNode metric) {
        return deep(metric, "target", TARGETS);
    }

    static ObjectNode statusToV2(JsonNode metric) {
        return deep(metric, "current", CURRENT);
    }

    private static String member(JsonNode metric) {
        String type = metric.path("type").asString("");
        return type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }

    private static ObjectNode flat(JsonNode metric, String values, Map<String, String> names) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.set("type", metric.path("type"));
        JsonNode source = metric.path(member(metric));
        ObjectNode flat = made.putObject(member(metric));
        boolean external = member(metric).equals("external");
        boolean described = source.has("describedObject");
        if (described) {
            flat.set("target", source.get("describedObject"));
        }
        for (String name : new String[] {"name", "container"}) {
            if (source.has(name)) {
                flat.set(name, source.get(name));
            }
        }
        if (source.path("metric").has("name")) {
            flat.set("metricName", source.path("metric").get("name"));
        }
        if (source.path("metric").has("selector")) {
            flat.set(
                    external ? "metricSelector" : "selector",
                    source.path("metric").get("selector"));
        }
        names.forEach((old, now) -> {
            String name = described && now.equals("averageValue") ? "averageValue" : old;
            if (source.path(values).has(now)) {
                flat.set(name, source.path(values).get(now));
            }
        });
        return made;
    }

    private static ObjectNode deep(JsonNode metric, String values, Map<String, String> names) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.set("type", metric.path("type"));
        JsonNode flat = metric.path(member(metric));
        ObjectNode source = made.putObject(member(metric));
        for (String name : new String[] {"name", "container"}) {
            if (flat.has(name)) {
                source.set(name, flat.get(name));
            }
        }
        if (flat.has("target")) {
            source.set("describedObject", flat.get("target"));
        }
        if (flat.has("metricName")) {
            ObjectNode named = source.putObject("metric");
            named.set("name", flat.get("metricName"));
            JsonNode selector = flat.has("metricSelector") ? flat.get("metricSelector") : flat.get("selector");
            if (selector != null) {
                named.set("selector", selector);
            }
        }
        ObjectNode numbers = source.putObject(values);
        names.forEach((old, now) -> {
            JsonNode number = flat.has(old) ? flat.get(old) : now.equals("averageValue") ? flat.get(now) : null;
            if (number != null) {
                numbers.set(now, number);
            }
        });
        if (values.equals("target")) {
            String type = numbers.has("averageUtilization")
                    ? "Utilization"
                    : numbers.has("averageValue") ? "AverageValue" : "Value";
            numbers.put("type", type);
        }
        return made;
    }
}
