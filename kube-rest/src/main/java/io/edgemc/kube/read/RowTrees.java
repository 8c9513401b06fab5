package io.edgemc.kube.read;

import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.WireForm;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.VersionForm;
import io.edgemc.kube.store.StoredObject;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects as the cells of a table are read from. Those of built-in kinds come without {@code managedFields}: no cell shows them, and
 * they are often half of an object.
 */
final class RowTrees {
    private static final String METADATA = "metadata";

    /** Reads parts of a document. */
    private static final JsonMapper PARTS = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final WireForm wire;
    private final boolean whole;

    RowTrees(Target target, WireForm wire) {
        this.wire = wire;
        this.whole = target.kind().origin() != ServedKind.Origin.BUILT_IN
                || target.served().traits().form() != VersionForm.SAME;
    }

    JsonNode tree(StoredObject object) {
        return whole ? wire.tree(object) : withoutManagers(object.body());
    }

    private static ObjectNode withoutManagers(byte[] body) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        try (JsonParser json = PARTS.createParser(body)) {
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                boolean metadata = name.equals(METADATA) && json.currentToken() == JsonToken.START_OBJECT;
                tree.set(name, metadata ? metadata(json) : PARTS.readTree(json));
            }
        }
        return tree;
    }

    private static ObjectNode metadata(JsonParser json) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            if (name.equals("managedFields")) {
                json.skipChildren();
            } else {
                metadata.set(name, PARTS.readTree(json));
            }
        }
        return metadata;
    }
}
