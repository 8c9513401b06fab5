package io.edgemc.kube.conformance;

import io.edgemc.kube.conformance.Act.Request;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** One object's life on one side. Times of managed fields are told by the step that set them. */
final class ManagersRun {
    private final Side side;
    private final Managed kind;
    private final String name;
    private final Normal normal;
    private final Map<String, String> times = new HashMap<>();
    private JsonNode now = MissingNode.getInstance();
    private int steps;

    ManagersRun(Side side, Managed kind, String name) {
        this.side = side;
        this.kind = kind;
        this.name = name;
        this.normal = new Normal(side.address(), Managed.NAMESPACE);
    }

    /** What the side answered and what it stores then, as lines that are the same on sides that do the same. */
    String step(Act act) {
        steps++;
        Request request = act.on(kind, name, now);
        HttpResponse<byte[]> answer =
                side.send(request.method(), request.path(), Map.of("Content-Type", request.media()), request.body());
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        JsonNode before = now;
        HttpResponse<byte[]> read = side.send("GET", kind.path() + "/" + name, Map.of(), "");
        now = read.statusCode() == 200 ? JsonMapper.shared().readTree(read.body()) : MissingNode.getInstance();
        boolean written = !before.path("metadata")
                .path("resourceVersion")
                .equals(now.path("metadata").path("resourceVersion"));
        return code(answer.statusCode(), body) + "\n" + shown(body) + "\nwritten: " + written + "\n" + shown(now);
    }

    /** A space says that a client's mistake is one, where the reference says that it failed. */
    private static int code(int code, JsonNode body) {
        return body.path("message").asString("").startsWith("failed to create typed patch object") && code == 500
                ? 400
                : code;
    }

    private String shown(JsonNode answer) {
        if (!(answer.deepCopy() instanceof ObjectNode object)) {
            return "nothing";
        }
        if (object.path("kind").asString("").equals("Status")) {
            object.remove("code");
            if (object.path("details").path("causes") instanceof ArrayNode causes) {
                sort(causes);
            }
            return normal.json(object, true);
        }
        List<String> managers = new ArrayList<>();
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.path("managedFields").forEach(entry -> managers.add(manager((ObjectNode) entry)));
            metadata.remove("managedFields");
        }
        return normal.json(object, true) + "\n" + String.join("\n", managers);
    }

    /** Fields in the order in which they are told. */
    private String manager(ObjectNode entry) {
        String time = entry.path("time").asString("none");
        return "%s %s %s %s at %s\n    %s"
                .formatted(
                        entry.path("manager").asString(),
                        entry.path("operation").asString(),
                        entry.path("apiVersion").asString(),
                        entry.path("subresource").asString(""),
                        time.equals("none") ? time : times.computeIfAbsent(time, t -> "step " + steps),
                        entry.path("fieldsV1"));
    }

    /** By manager: a real server tells managers in any order, and each one's fields in theirs. */
    private static void sort(ArrayNode causes) {
        List<JsonNode> all = new ArrayList<>();
        causes.forEach(all::add);
        all.sort(Comparator.comparing(cause -> cause.path("message").asString()));
        causes.removeAll();
        causes.addAll(all);
    }
}
