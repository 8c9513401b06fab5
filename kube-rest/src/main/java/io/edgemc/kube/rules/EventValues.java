package io.edgemc.kube.rules;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values of an Event's fields as an API server shows them in refusals: those of its own, internal type. */
final class EventValues {
    private static final List<String> REFERENCE =
            List.of("Kind", "Namespace", "Name", "UID", "APIVersion", "ResourceVersion", "FieldPath");

    private EventValues() {}

    static String shown(String field, JsonNode value) {
        return switch (field) {
            case "involvedObject" -> members(REFERENCE, value);
            case "related" -> value.isObject() ? members(REFERENCE, value) : "null";
            case "source" -> members(List.of("Component", "Host"), value);
            case "count" -> Integer.toString(value.asInt(0));
            case "firstTimestamp", "lastTimestamp", "eventTime" ->
                value.asString("").isEmpty() ? "null" : value.toString();
            default -> JsonNodeFactory.instance.stringNode(value.asString("")).toString();
        };
    }

    private static String members(List<String> names, JsonNode value) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (String name : names) {
            String member = switch (name) {
                case "UID" -> "uid";
                case "APIVersion" -> "apiVersion";
                default -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
            };
            shown.put(name, value.path(member).asString(""));
        }
        return shown.toString();
    }
}
