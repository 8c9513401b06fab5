package io.edgemc.bench.hub;

import io.edgemc.servers.kube.KubeBinaries;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Follows one type of object at an edge through kubectl's watch, and notes what must not happen there. */
public final class ChangeWatch implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String OWNED = "edge-mc.io/downsynced";

    private final String edge;
    private final String type;
    private final Process kubectl;
    private final Map<String, JsonNode> last = new ConcurrentHashMap<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private volatile boolean closing;

    private ChangeWatch(String edge, String type, Process kubectl) {
        this.edge = edge;
        this.type = type;
        this.kubectl = kubectl;
        Thread.ofPlatform().daemon().name("change-watch").start(this::read);
    }

    /** Watches all namespaces of an edge. */
    public static ChangeWatch start(BenchHub hub, String edge, String type) {
        try {
            return new ChangeWatch(
                    edge,
                    type,
                    new ProcessBuilder(
                                    KubeBinaries.find().kubectl().toString(),
                                    "--kubeconfig=" + hub.workspace().hub().kubeconfig(),
                                    "--context=" + edge,
                                    "get",
                                    type,
                                    "--all-namespaces",
                                    "--watch",
                                    "--output-watch-events",
                                    "--output=json")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start());
        } catch (IOException e) {
            throw new IllegalStateException("kubectl does not start", e);
        }
    }

    /** Deletions, and writes that changed nothing, of what edge-mc put there; and an end of the watch itself. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    private void read() {
        try (MappingIterator<JsonNode> events = MAPPER.readerFor(JsonNode.class).readValues(kubectl.getInputStream())) {
            while (events.hasNext()) {
                seen(events.next());
            }
            ended();
        } catch (JacksonException e) {
            ended();
        }
    }

    private void ended() {
        if (!closing) {
            faults.add("the watch on " + type + " at " + edge + " ended");
        }
    }

    private void seen(JsonNode event) {
        JsonNode object = event.path("object");
        JsonNode metadata = object.path("metadata");
        if (!metadata.path("annotations").has(OWNED)) {
            return;
        }
        String name = type + " " + metadata.path("namespace").asString("") + "/"
                + metadata.path("name").asString() + " at " + edge;
        JsonNode before = last.put(name, object);
        String kind = event.path("type").asString();
        if (kind.equals("DELETED")) {
            faults.add("deleted: " + name);
        } else if (before != null && content(before).equals(content(object))) {
            faults.add("written without a change: " + name);
        }
    }

    /** All but what every write changes. */
    private static JsonNode content(JsonNode object) {
        ObjectNode copy = (ObjectNode) object.deepCopy();
        if (copy.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("resourceVersion", "managedFields"));
        }
        return copy;
    }

    @Override
    public void close() {
        closing = true;
        kubectl.destroy();
    }
}
