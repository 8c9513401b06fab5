package io.edgemc.api.manifest;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.object.ObjectKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of manifest nodes: {@code {"entries":[…]}} or {@code {"children":[…]}}. */
final class ManifestNodeJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ManifestNodeJson() {}

    static byte[] write(ManifestNode node) {
        ObjectNode json = JSON.objectNode();
        switch (node) {
            case ManifestNode.Leaf leaf -> {
                ArrayNode entries = json.putArray("entries");
                leaf.entries().forEach(entry -> entries.add(entry(entry)));
            }
            case ManifestNode.Inner inner -> {
                ArrayNode children = json.putArray("children");
                for (ManifestNode.Child child : inner.children()) {
                    if (child == null) {
                        children.addNull();
                    } else {
                        children.addObject()
                                .put("count", child.count())
                                .put("digest", child.digest().hex());
                    }
                }
            }
        }
        return CanonicalJson.bytes(json);
    }

    static ManifestNode read(byte[] bytes) {
        ObjectNode json = CanonicalJson.parseObject(bytes);
        if (json.get("entries") instanceof ArrayNode entries) {
            List<ManifestEntry> list = new ArrayList<>(entries.size());
            entries.forEach(entry -> list.add(entry(entry)));
            return new ManifestNode.Leaf(list);
        }
        if (json.get("children") instanceof ArrayNode children) {
            List<ManifestNode.@Nullable Child> list = new ArrayList<>(children.size());
            for (JsonNode child : children) {
                list.add(
                        child.isNull()
                                ? null
                                : new ManifestNode.Child(
                                        Digest.parse(child.path("digest").asString("")),
                                        child.path("count").asInt()));
            }
            return new ManifestNode.Inner(list);
        }
        throw new IllegalArgumentException("not a manifest node");
    }

    private static ObjectNode entry(ManifestEntry entry) {
        ObjectNode json = JSON.objectNode();
        json.put("key", entry.key().text());
        if (entry.content() != null) {
            json.put("content", entry.content().hex());
        }
        json.put("decision", entry.decision().hex());
        if (!entry.flags().isEmpty()) {
            ArrayNode flags = json.putArray("flags");
            entry.flags().forEach(flag -> flags.add(flag.name().toLowerCase(Locale.ROOT)));
        }
        return json;
    }

    private static ManifestEntry entry(JsonNode json) {
        Set<EntryFlag> flags = EnumSet.noneOf(EntryFlag.class);
        json.path("flags")
                .forEach(flag -> flags.add(EntryFlag.valueOf(flag.asString("").toUpperCase(Locale.ROOT))));
        ObjectKey key = ObjectKey.parse(json.path("key").asString(""));
        Digest decision = Digest.parse(json.path("decision").asString(""));
        JsonNode content = json.get("content");
        return content == null
                ? ManifestEntry.delete(key, flags, decision)
                : ManifestEntry.apply(key, Digest.parse(content.asString("")), flags, decision);
    }
}
