package io.edgemc.kube.crd;

import io.edgemc.kube.kind.Kinds;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an API server says of a CRD: whether its names are accepted, whether it is served, which versions were stored. */
final class CrdStatus {
    private CrdStatus() {}

    /**
     * The status of a CRD among the kinds that are served. A CRD that was established once stays so.
     *
     * @param before what it replaces, null for a new one
     */
    static ObjectNode of(@Nullable ObjectNode before, ObjectNode crd, Kinds kinds, String now) {
        JsonNode old = before == null ? crd.objectNode() : before.path("status");
        CrdNames names = CrdNames.of(crd, kinds);
        boolean established = names.isAccepted() || holds(old, "Established");
        ObjectNode status = crd.objectNode();
        ArrayNode conditions = status.putArray("conditions");
        condition(conditions, old, "NamesAccepted", names.isAccepted(), names.reason(), names.message(), now);
        condition(
                conditions,
                old,
                "Established",
                established,
                established ? "InitialNamesAccepted" : "NotAccepted",
                established ? "the initial names have been accepted" : "not all names are accepted",
                now);
        for (JsonNode earlier : old.path("conditions")) {
            String type = earlier.path("type").asString("");
            if (!type.equals("NamesAccepted") && !type.equals("Established")) {
                conditions.add(earlier);
            }
        }
        status.set("acceptedNames", names.accepted());
        ArrayNode stored = status.putArray("storedVersions");
        old.path("storedVersions").forEach(stored::add);
        for (JsonNode version : crd.path("spec").path("versions")) {
            boolean known = stored.valueStream().anyMatch(v -> v.equals(version.get("name")));
            if (version.path("storage").asBoolean(false) && version.has("name") && !known) {
                stored.add(version.get("name"));
            }
        }
        return status;
    }

    /** Of a new CRD: its names are not looked at yet. */
    static ObjectNode first(ObjectNode crd) {
        ObjectNode status = crd.objectNode().putNull("conditions");
        status.putObject("acceptedNames").put("plural", "").put("kind", "");
        ArrayNode stored = status.putArray("storedVersions");
        crd.path("spec")
                .path("versions")
                .valueStream()
                .filter(version -> version.path("storage").asBoolean(false))
                .limit(1)
                .forEach(version -> stored.add(version.path("name")));
        return status;
    }

    static boolean holds(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asString("").equals(type)) {
                return condition.path("status").asString("").equals("True");
            }
        }
        return false;
    }

    private static void condition(
            ArrayNode conditions, JsonNode old, String type, boolean holds, String reason, String message, String now) {
        String value = holds ? "True" : "False";
        String since = now;
        for (JsonNode earlier : old.path("conditions")) {
            if (earlier.path("type").asString("").equals(type)
                    && earlier.path("status").asString("").equals(value)) {
                since = earlier.path("lastTransitionTime").asString(now);
            }
        }
        conditions
                .addObject()
                .put("lastTransitionTime", since)
                .put("message", message)
                .put("reason", reason)
                .put("status", value)
                .put("type", type);
    }
}
