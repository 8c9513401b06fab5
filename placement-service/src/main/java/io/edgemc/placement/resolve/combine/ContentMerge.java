package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Digest;
import io.edgemc.placement.resolve.content.Contents;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Policy {@code merge}: labels and annotations by key, other top-level maps by key when all sources have them, else the latest.
 */
final class ContentMerge {
    private final Contents contents;

    ContentMerge(Contents contents) {
        this.contents = contents;
    }

    /** The digest of the merged content, or null if the versions differ, so that they cannot be merged. */
    @Nullable
    Digest merge(List<Digest> latestLast, boolean secret) {
        List<ObjectNode> objects = new ArrayList<>();
        latestLast.forEach(digest -> objects.add(contents.read(digest)));
        ObjectNode result = objects.getLast().deepCopy();
        if (!objects.stream().allMatch(object -> object.path("apiVersion").equals(result.path("apiVersion")))) {
            return null;
        }
        for (String name : List.of("labels", "annotations")) {
            List<JsonNode> maps = objects.stream()
                    .map(object -> object.path("metadata").path(name))
                    .filter(JsonNode::isObject)
                    .toList();
            if (!maps.isEmpty() && result.get("metadata") instanceof ObjectNode metadata) {
                metadata.set(name, union(maps));
            }
        }
        for (String name : result.propertyNames().toArray(String[]::new)) {
            List<JsonNode> values =
                    objects.stream().map(object -> object.path(name)).toList();
            if (!name.equals("metadata") && values.stream().allMatch(JsonNode::isObject)) {
                result.set(name, union(values));
            }
        }
        return contents.write(contents.object(result, secret));
    }

    private static ObjectNode union(List<JsonNode> maps) {
        ObjectNode all = ((ObjectNode) maps.getFirst()).deepCopy();
        maps.forEach(map -> map.properties().forEach(member -> all.set(member.getKey(), member.getValue())));
        return all;
    }
}
