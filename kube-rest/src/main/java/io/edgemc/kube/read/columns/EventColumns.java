package io.edgemc.kube.read.columns;

import static io.edgemc.kube.read.columns.CellText.at;
import static io.edgemc.kube.read.columns.CellText.or;

import io.edgemc.kube.read.columns.BuiltInColumns.Registry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Events, under the names that their two groups give to the same fields. */
final class EventColumns {
    private record Fields(
            String kind, String object, String message, String first, String last, String count, String source) {}

    private static final List<Fields> BOTH = List.of(
            new Fields("events", "involvedObject", "message", "firstTimestamp", "lastTimestamp", "count", "source"),
            new Fields(
                    "events.events.k8s.io",
                    "regarding",
                    "note",
                    "deprecatedFirstTimestamp",
                    "deprecatedLastTimestamp",
                    "deprecatedCount",
                    "deprecatedSource"));

    private EventColumns() {}

    static void addTo(Registry registry) {
        for (Fields fields : BOTH) {
            String kind = fields.kind();
            registry.add(
                    kind + "/Last Seen",
                    row -> JsonNodeFactory.instance.stringNode(last(row.object(), fields, row.now())));
            registry.add(
                    kind + "/First Seen",
                    row -> JsonNodeFactory.instance.stringNode(first(row.object(), fields, row.now())));
            registry.text(kind + "/Type", event -> at(event, "type"));
            registry.text(kind + "/Reason", event -> at(event, "reason"));
            registry.text(kind + "/Object", event -> {
                String of = at(event, fields.object() + ".kind").toLowerCase(Locale.ROOT);
                String name = at(event, fields.object() + ".name");
                return name.isEmpty() ? of : of + "/" + name;
            });
            registry.text(kind + "/Subobject", event -> at(event, fields.object() + ".fieldPath"));
            registry.text(kind + "/Source", event -> source(event, fields));
            registry.text(
                    kind + "/Message", event -> at(event, fields.message()).strip());
            registry.number(kind + "/Count", event -> {
                long count = event.path(fields.count()).asLong(0);
                return event.path("series").isObject()
                        ? event.path("series").path("count").asLong(0)
                        : count == 0 ? 1 : count;
            });
        }
    }

    private static String first(JsonNode event, Fields fields, Instant now) {
        return Ages.since(or(at(event, fields.first()), at(event, "eventTime")), now);
    }

    private static String last(JsonNode event, Fields fields, Instant now) {
        if (event.path("series").isObject()) {
            return Ages.since(at(event, "series.lastObservedTime"), now);
        }
        String last = at(event, fields.last());
        return last.isEmpty() ? first(event, fields, now) : Ages.since(last, now);
    }

    private static String source(JsonNode event, Fields fields) {
        String component = or(
                at(event, fields.source() + ".component"),
                or(at(event, "reportingComponent"), at(event, "reportingController")));
        String instance = or(at(event, fields.source() + ".host"), at(event, "reportingInstance"));
        return instance.isEmpty() ? component : component + ", " + instance;
    }
}
