package io.edgemc.kube.testing;

import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers of two servers in a form in which equal answers are equal texts. */
public final class Compared {
    private Compared() {}

    /** Code and body, without what differs from server to server: uids, versions, times, managers of fields. */
    public static String of(HttpResponse<String> answer) {
        return text(answer.statusCode(), JsonMapper.shared().readTree(answer.body()));
    }

    /** The same of a body that was read, and maybe changed. */
    public static String text(int code, JsonNode body) {
        if (body.path("kind").asString("").equals("Status")) {
            ObjectNode status = ((ObjectNode) body).deepCopy();
            if (status.path("details") instanceof ObjectNode details) {
                details.remove("uid");
            }
            return code + " " + sorted(status).toPrettyString();
        }
        return code + " " + sorted(object(body)).toPrettyString();
    }

    /** An object without what its server decides. */
    public static JsonNode object(JsonNode body) {
        ObjectNode copy = (ObjectNode) body.deepCopy();
        if (copy.path("metadata") instanceof ObjectNode metadata) {
            List.of("uid", "resourceVersion", "creationTimestamp", "managedFields")
                    .forEach(metadata::remove);
        }
        return copy;
    }

    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode out = object.objectNode();
            object.properties().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .forEach(member -> out.set(member.getKey(), sorted(member.getValue())));
            return out;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode out = array.arrayNode();
            array.forEach(item -> out.add(sorted(item)));
            return out;
        }
        return node;
    }
}
