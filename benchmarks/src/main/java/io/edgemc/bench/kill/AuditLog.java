package io.edgemc.bench.kill;

import io.edgemc.bench.kill.EdgeRequest.Applied;
import io.edgemc.bench.kill.EdgeRequest.Deleted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads what edge-mc did at an edge, and what was deleted there, from its API server's audit log. */
final class AuditLog {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private AuditLog() {}

    /** What was done, in the order of the answers. */
    static List<EdgeRequest> read(Path log) throws IOException {
        List<JsonNode> done = new ArrayList<>();
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            lines.map(MAPPER::readTree).filter(AuditLog::wasDone).forEach(done::add);
        }
        // Writers of the log may overtake each other; what concerns one object is asked one after the other.
        done.sort(Comparator.comparing(event -> event.path("stageTimestamp").asString()));
        List<EdgeRequest> requests = new ArrayList<>();
        for (JsonNode event : done) {
            if (event.path("verb").asString().startsWith("delete")) {
                requests.add(new Deleted(key(event)));
            } else if (isApply(event)) {
                JsonNode body = event.path("requestObject");
                requests.add(new Applied(
                        key(event),
                        MAPPER.writeValueAsString(MAPPER.treeToValue(body, Map.class)),
                        body.path("data").path("count").asString("")));
            }
        }
        return requests;
    }

    private static boolean wasDone(JsonNode event) {
        int code = event.path("responseStatus").path("code").asInt(0);
        return event.path("stage").asString().equals("ResponseComplete")
                && code >= 200
                && code < 300
                && !event.path("requestURI").asString().contains("dryRun=");
    }

    private static boolean isApply(JsonNode event) {
        String uri = event.path("requestURI").asString();
        return uri.contains("fieldManager=edge-mc&") && uri.contains("force=true");
    }

    private static String key(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String group = object.path("apiGroup").asString("");
        String resource = object.path("resource").asString();
        // A namespace is said to be in itself.
        String namespace =
                resource.equals("namespaces") ? "" : object.path("namespace").asString("");
        return resource + (group.isEmpty() ? "" : "." + group) + "/" + namespace + "/"
                + object.path("name").asString("*");
    }
}
