package io.edgemc.kube.facts;

import io.edgemc.kube.kind.VersionForm;
import io.edgemc.kube.schema.GoFields;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of {@code events.k8s.io/v1}, which rest as those of the core group: Kubernetes keeps one collection of them and
 * shows it in both groups, under other names of the same fields (its {@code pkg/apis/events/v1/conversion.go}).
 */
final class EventForm implements VersionForm {
    static final String CORE = "io.k8s.api.core.v1.Event";
    static final String TYPE = "io.k8s.api.events.v1.Event";

    private static final Map<String, String> AT_REST = Map.of(
            "regarding", "involvedObject",
            "note", "message",
            "reportingController", "reportingComponent",
            "deprecatedSource", "source",
            "deprecatedFirstTimestamp", "firstTimestamp",
            "deprecatedLastTimestamp", "lastTimestamp",
            "deprecatedCount", "count");

    @Override
    public void toWire(ObjectNode object) {
        AT_REST.forEach((wire, rest) -> renamed(object, rest, wire));
        GoFields.normalize(object, BuiltInFacts.get().schema(TYPE));
    }

    @Override
    public void toRest(ObjectNode object) {
        object.put("apiVersion", "v1");
        AT_REST.forEach((wire, rest) -> renamed(object, wire, rest));
        GoFields.normalize(object, BuiltInFacts.get().schema(CORE));
    }

    private static void renamed(ObjectNode object, String from, String to) {
        JsonNode value = object.remove(from);
        if (value != null) {
            object.set(to, value);
        }
    }
}
