package io.edgemc.kube.read.columns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** How Kubernetes' printers write values that many columns show. */
public final class CellText {
    public static final String NONE = "<none>";
    static final String UNSET = "<unset>";

    private CellText() {}

    /** The text at a path such as {@code spec.type}, empty if there is none. */
    static String at(JsonNode object, String path) {
        return node(object, path).asString("");
    }

    static JsonNode node(JsonNode object, String path) {
        JsonNode node = object;
        for (String member : path.split("\\.")) {
            node = node.path(member);
        }
        return node;
    }

    static String or(String text, String instead) {
        return text.isEmpty() ? instead : text;
    }

    static List<String> texts(JsonNode array, Function<JsonNode, String> part) {
        List<String> parts = new ArrayList<>();
        array.forEach(element -> parts.add(part.apply(element)));
        return parts;
    }

    static String joined(JsonNode array, Function<JsonNode, String> part) {
        return String.join(",", texts(array, part));
    }

    /** The first of many, and how many more there are. */
    static String first(List<String> all, int most, String separator) {
        return all.size() <= most
                ? String.join(separator, all)
                : String.join(separator, all.subList(0, most)) + " + " + (all.size() - most) + " more...";
    }

    /** {@code a=b,c=d}, sorted; {@code <none>} for nothing. */
    public static String labels(JsonNode map) {
        List<String> pairs = new ArrayList<>();
        map.properties()
                .forEach(entry ->
                        pairs.add(entry.getKey() + "=" + entry.getValue().asString("")));
        pairs.sort(Comparator.naturalOrder());
        return or(String.join(",", pairs), NONE);
    }

    private record Requirement(String key, String text) {}

    /** A {@code LabelSelector} in the words of a selector's parameter. */
    public static String selector(JsonNode selector) {
        List<Requirement> all = new ArrayList<>();
        selector.path("matchLabels")
                .properties()
                .forEach(label -> all.add(new Requirement(
                        label.getKey(), label.getKey() + "=" + label.getValue().asString(""))));
        for (JsonNode expression : selector.path("matchExpressions")) {
            String key = expression.path("key").asString("");
            List<String> values = texts(expression.path("values"), value -> value.asString(""));
            values.sort(Comparator.naturalOrder());
            String in = " (" + String.join(",", values) + ")";
            all.add(new Requirement(
                    key,
                    switch (expression.path("operator").asString("")) {
                        case "In" -> key + " in" + in;
                        case "NotIn" -> key + " notin" + in;
                        case "DoesNotExist" -> "!" + key;
                        default -> key;
                    }));
        }
        all.sort(Comparator.comparing(Requirement::key));
        return or(String.join(",", all.stream().map(Requirement::text).toList()), NONE);
    }

    /** The status of a condition, empty if there is none of this type. */
    static String condition(JsonNode object, String type) {
        return find(object, type).path("status").asString("");
    }

    static JsonNode find(JsonNode object, String type) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asString("").equals(type)) {
                return condition;
            }
        }
        return tools.jackson.databind.node.MissingNode.getInstance();
    }

    static boolean isDeleting(JsonNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }

    /** {@code apiGroup} in {@code apps/v1}, empty for {@code v1}. */
    static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
