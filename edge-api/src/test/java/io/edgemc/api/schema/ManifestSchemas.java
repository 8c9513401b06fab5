package io.edgemc.api.schema;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestNode;
import io.edgemc.api.object.ObjectKey;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas (2020-12) of what has a JSON form of its own: nodes of manifest trees and their entries. */
final class ManifestSchemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ManifestSchemas() {}

    /** An entry: an object to hold if it has content, else a deletion. */
    static String entry() {
        return text(titled("ManifestEntry", entrySchema()));
    }

    /** A leaf with its entries or an inner node with its children; never both. */
    static String node() {
        ObjectNode node = JSON.objectNode();
        node.putArray("oneOf").add(leaf()).add(inner());
        return text(titled("ManifestNode", node));
    }

    private static ObjectNode leaf() {
        ObjectNode leaf = object("entries");
        leaf.withObjectProperty("properties")
                .putObject("entries")
                .put("type", "array")
                .put("maxItems", ManifestNode.LEAF_ENTRIES)
                .set("items", entrySchema());
        return leaf.put("additionalProperties", false);
    }

    private static ObjectNode inner() {
        ObjectNode child = object("count", "digest");
        child.withObjectProperty("properties").set("digest", textForm(Digest.class));
        child.withObjectProperty("properties")
                .putObject("count")
                .put("type", "integer")
                .put("minimum", 1);
        ObjectNode inner = object("children");
        ObjectNode children = inner.withObjectProperty("properties")
                .putObject("children")
                .put("type", "array")
                .put("minItems", ManifestNode.FAN_OUT)
                .put("maxItems", ManifestNode.FAN_OUT);
        children.putObject("items")
                .putArray("anyOf")
                .add(child)
                .add(JSON.objectNode().put("type", "null"));
        return inner.put("additionalProperties", false);
    }

    private static ObjectNode entrySchema() {
        ObjectNode entry = object("key", "decision");
        ObjectNode properties = entry.withObjectProperty("properties");
        properties.set("key", textForm(ObjectKey.class));
        properties.set("content", textForm(Digest.class));
        properties.set("decision", textForm(Digest.class));
        ObjectNode flags = properties.putObject("flags").put("type", "array").put("uniqueItems", true);
        ArrayNode names = flags.putObject("items").putArray("enum");
        for (EntryFlag flag : EntryFlag.values()) {
            names.add(flag.name().toLowerCase(Locale.ROOT));
        }
        return entry;
    }

    private static ObjectNode object(String... required) {
        ObjectNode object = JSON.objectNode();
        object.put("type", "object");
        object.putObject("properties");
        ArrayNode names = object.putArray("required");
        for (String name : required) {
            names.add(name);
        }
        return object;
    }

    private static ObjectNode textForm(Class<?> type) {
        return Objects.requireNonNull(RecordSchemas.textForm(type));
    }

    private static ObjectNode titled(String title, ObjectNode schema) {
        ObjectNode titled = JSON.objectNode();
        titled.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        titled.setAll(schema);
        titled.put("title", title);
        return titled;
    }

    private static String text(ObjectNode schema) {
        return ApiJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }
}
