package io.edgemc.kube.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists of an answer whose order is chance: an API server finds problems of a custom object in the order of a Go map, and
 * owners of fields stand in the order of the seconds in which they wrote.
 */
final class Unordered {
    private Unordered() {}

    /** The same answer with such lists in order. */
    static JsonNode settled(JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            return json;
        }
        ObjectNode made = object.deepCopy();
        JsonNode group = made.path("details").path("group");
        if (made.path("kind").asString("").equals("Status")
                && group.asString("").endsWith("example.com")) {
            causes(made);
        }
        owners(made);
        made.path("items").forEach(Unordered::owners);
        return made;
    }

    /** The message tells the causes in their order, too. */
    private static void causes(ObjectNode status) {
        if (!(status.path("details").path("causes") instanceof ArrayNode causes)) {
            return;
        }
        String told = told(causes);
        sort(causes, Comparator.comparing(JsonNode::toString));
        String message = status.path("message").asString("");
        if (causes.size() > 1 && message.endsWith("[" + told + "]")) {
            status.put("message", message.substring(0, message.length() - told.length() - 1) + told(causes) + "]");
        }
    }

    private static String told(ArrayNode causes) {
        List<String> all = new ArrayList<>();
        causes.forEach(cause -> all.add(
                cause.path("field").asString("") + ": " + cause.path("message").asString("")));
        return String.join(", ", all);
    }

    private static void owners(JsonNode object) {
        if (object.path("metadata").path("managedFields") instanceof ArrayNode owners) {
            sort(
                    owners,
                    Comparator.comparing(
                                    (JsonNode owner) -> owner.path("operation").asString(""))
                            .thenComparing(owner -> owner.path("manager").asString(""))
                            .thenComparing(owner -> owner.path("subresource").asString(""))
                            .thenComparing(owner -> owner.path("apiVersion").asString("")));
        }
    }

    private static void sort(ArrayNode array, Comparator<JsonNode> order) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        all.sort(order);
        array.removeAll();
        all.forEach(array::add);
    }
}
