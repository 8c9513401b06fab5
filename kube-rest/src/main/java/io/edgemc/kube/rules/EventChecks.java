package io.edgemc.kube.rules;

import io.edgemc.kube.api.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events: loose rules for old ones, more for those with an {@code eventTime}, and the strictest in {@code events.k8s.io}, as in
 * Kubernetes' {@code pkg/apis/core/validation/events.go}. Refusals name the fields of the core group, whichever was asked.
 */
final class EventChecks {
    private static final int LONGEST = 128;
    private static final int LONGEST_NOTE = 1024;

    /**
     * What nobody may change in {@code events.k8s.io}: the name in refusals, and that of the field; in the order of the checks, one
     * of which Kubernetes makes twice.
     */
    private static final List<List<String>> FIXED = List.of(
            List.of("involvedObject", "regarding"),
            List.of("reason", "reason"),
            List.of("message", "note"),
            List.of("source", "deprecatedSource"),
            List.of("firstTimestamp", "deprecatedFirstTimestamp"),
            List.of("lastTimestamp", "deprecatedLastTimestamp"),
            List.of("count", "deprecatedCount"),
            List.of("reason", "reason"),
            List.of("type", "type"),
            List.of("eventTime", "eventTime"),
            List.of("action", "action"),
            List.of("related", "related"),
            List.of("reportingController", "reportingController"),
            List.of("reportingInstance", "reportingInstance"));

    private EventChecks() {}

    static void of(String kind, @Nullable ObjectNode before, ObjectNode event, Findings findings) {
        boolean core = kind.equals("events");
        always(event, core, findings);
        if (core) {
            return;
        }
        if (before == null) {
            series(event, findings);
            created(event, findings);
        } else {
            if (!before.path("series").equals(event.path("series"))) {
                series(event, findings);
            }
            FIXED.forEach(names ->
                    unchanged(names.getFirst(), before.path(names.getLast()), event.path(names.getLast()), findings));
        }
    }

    private static void always(ObjectNode event, boolean core, Findings findings) {
        String namespace = event.path("metadata").path("namespace").asString("");
        JsonNode about = event.path(core ? "involvedObject" : "regarding").path("namespace");
        if (!isSet(event.path("eventTime"))) {
            boolean fits = about.asString("").isEmpty()
                    ? namespace.isEmpty() || namespace.equals("default")
                    : namespace.equals(about.asString());
            namespaceFits(fits, about, findings);
            return;
        }
        boolean ownNamespace = namespace.equals("default") || namespace.equals("kube-system");
        namespaceFits(!about.asString("").isEmpty() || ownNamespace, about, findings);
        String field = core ? "reportingComponent" : "reportingController";
        String reporter = event.path(field).asString("");
        if (reporter.isEmpty()) {
            findings.required(field);
            findings.invalid(field, reporter, "name part must be non-empty");
            findings.invalid(field, reporter, Names.QUALIFIED_RULE);
        } else if (!Names.isLabelKey(reporter)) {
            findings.invalid(field, reporter, Names.whyNoLabelKey(reporter));
        }
        text(event, "reportingInstance", findings);
        text(event, "action", findings);
        text(event, "reason", findings);
        atMost(event.path(core ? "message" : "note").asString(""), "message", LONGEST_NOTE, findings);
    }

    private static void namespaceFits(boolean fits, JsonNode about, Findings findings) {
        if (!fits) {
            findings.invalid("involvedObject.namespace", about.asString(""), "does not match event.namespace");
        }
    }

    private static void text(ObjectNode event, String field, Findings findings) {
        String value = event.path(field).asString("");
        if (value.isEmpty()) {
            findings.required(field);
        }
        atMost(value, field, LONGEST, findings);
    }

    private static void atMost(String value, String field, int most, Findings findings) {
        if (value.getBytes(StandardCharsets.UTF_8).length > most) {
            findings.invalid(field, "", "can have at most " + most + " characters");
        }
    }

    private static void series(ObjectNode event, Findings findings) {
        JsonNode series = event.path("series");
        if (!series.isObject()) {
            return;
        }
        if (series.path("count").asInt(0) < 2) {
            findings.invalid("series.count", "", "should be at least 2");
        }
        if (!isSet(series.path("lastObservedTime"))) {
            findings.required("series.lastObservedTime");
        }
    }

    private static void created(ObjectNode event, Findings findings) {
        if (!isSet(event.path("eventTime"))) {
            findings.required("eventTime");
        }
        String type = event.path("type").asString("");
        if (!List.of("Normal", "Warning").contains(type)) {
            findings.invalid("type", "", "has invalid value: " + type);
        }
        unset("firstTimestamp", isSet(event.path("deprecatedFirstTimestamp")), findings);
        unset("lastTimestamp", isSet(event.path("deprecatedLastTimestamp")), findings);
        unset("count", event.path("deprecatedCount").asInt(0) != 0, findings);
        unset("source", !event.path("deprecatedSource").isEmpty(), findings);
    }

    private static void unset(String field, boolean isSet, Findings findings) {
        if (isSet) {
            findings.invalid(field, "", "needs to be unset");
        }
    }

    private static void unchanged(String shown, JsonNode before, JsonNode after, Findings findings) {
        if (!before.equals(after)) {
            findings.invalidShown(shown, EventValues.shown(shown, after), "field is immutable");
        }
    }

    private static boolean isSet(JsonNode time) {
        return !time.asString("").isEmpty();
    }
}
