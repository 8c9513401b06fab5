package io.edgemc.syncer.report;

import io.edgemc.api.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What of an object goes up to the hub; parts of it are those of the object, not copies. Fails with {@link
 * UnreportableException} if it is too deep for the hub. */
final class ReportedForm {
    private static final String[] METADATA = {
        "name", "namespace", "uid", "generation", "labels", "creationTimestamp", "deletionTimestamp"
    };

    private ReportedForm() {}

    /** Of a downsynced object: who it is and its status. The hub has the rest, and data of Secrets never goes up this way. */
    static ObjectNode downsynced(JsonNode live) {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        copy(live, form, "apiVersion");
        copy(live, form, "kind");
        ObjectNode metadata = form.putObject("metadata");
        for (String field : METADATA) {
            copy(live.path("metadata"), metadata, field);
        }
        copy(live, form, "status");
        checkDepth(form);
        return form;
    }

    /** Of an object that was born here: all of it but the API server's book-keeping, which changes without the object. */
    static ObjectNode upsynced(ObjectNode live) {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        form.setAll(live);
        if (live.path("metadata") instanceof ObjectNode metadata) {
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            kept.setAll(metadata);
            kept.remove(List.of("managedFields", "resourceVersion"));
            form.set("metadata", kept);
        }
        checkDepth(form);
        return form;
    }

    /** Without recursion: an API server stores objects that are a hundred times deeper than the hub takes. */
    private static void checkDepth(JsonNode form) {
        List<JsonNode> level = List.of(form);
        for (int depth = 1; !level.isEmpty(); depth++) {
            if (depth > CanonicalJson.MAX_DEPTH) {
                throw new UnreportableException(
                        "it is nested deeper than the " + CanonicalJson.MAX_DEPTH + " levels that the hub takes");
            }
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode container : level) {
                for (JsonNode child : container) {
                    if (child.isContainer()) {
                        next.add(child);
                    }
                }
            }
            level = next;
        }
    }

    private static void copy(JsonNode from, ObjectNode to, String field) {
        JsonNode value = from.path(field);
        if (!value.isMissingNode()) {
            to.set(field, value);
        }
    }
}
