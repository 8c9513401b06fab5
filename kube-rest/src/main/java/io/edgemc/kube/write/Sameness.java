package io.edgemc.kube.write;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether a write changes anything: times of managedFields alone do not count, and write nothing. */
final class Sameness {
    private Sameness() {}

    static boolean same(ObjectNode before, ObjectNode after) {
        if (before.size() != after.size()) {
            return false;
        }
        for (var member : before.properties()) {
            JsonNode other = after.get(member.getKey());
            boolean equal = member.getKey().equals("metadata")
                    ? timeless(member.getValue()).equals(other == null ? null : timeless(other))
                    : member.getValue().equals(other);
            if (!equal) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode timeless(JsonNode metadata) {
        JsonNode copy = metadata.deepCopy();
        for (JsonNode entry : copy.path("managedFields")) {
            if (entry instanceof ObjectNode node) {
                node.remove("time");
            }
        }
        return copy;
    }
}
