package io.edgemc.placement.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Kubernetes conditions: {@code lastTransitionTime} moves only when {@code status} does. */
final class Conditions {
    private Conditions() {}

    static void set(ObjectNode status, String type, boolean value, String reason, String message, Instant now) {
        ArrayNode conditions = status.withArray("conditions");
        ObjectNode condition = find(conditions, type);
        String text = value ? "True" : "False";
        if (!condition.path("status").asString("").equals(text)) {
            condition.put("status", text);
            condition.put(
                    "lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        condition.put("reason", reason);
        condition.put("message", message);
    }

    private static ObjectNode find(ArrayNode conditions, String type) {
        for (JsonNode condition : conditions) {
            if (condition instanceof ObjectNode object
                    && object.path("type").asString("").equals(type)) {
                return object;
            }
        }
        return conditions.addObject().put("type", type);
    }
}
