package io.edgemc.syncer.report;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What of an object goes up to the hub. */
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
        return form;
    }

    /** Of an object that was born here: all of it but the API server's book-keeping, which changes without the object. */
    static ObjectNode upsynced(ObjectNode live) {
        ObjectNode form = live.deepCopy();
        if (form.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
            metadata.remove("resourceVersion");
        }
        return form;
    }

    private static void copy(JsonNode from, ObjectNode to, String field) {
        JsonNode value = from.path(field);
        if (!value.isMissingNode()) {
            to.set(field, value);
        }
    }
}
