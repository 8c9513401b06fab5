package io.edgemc.kube.patch;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Kubernetes' own merge: lists by merge key, with directives {@code $patch}, {@code $retainKeys}, {@code $setElementOrder}. */
final class StrategicMergePatch {
    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN = "$retainKeys";
    private static final String ORDER = "$setElementOrder/";
    private static final String DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";

    private StrategicMergePatch() {}

    /** A new object; inputs stay as they are. */
    static ObjectNode apply(ObjectNode original, ObjectNode patch, Schema schema) {
        switch (patch.path(DIRECTIVE).asString("")) {
            case "replace":
                ObjectNode replacement = patch.deepCopy();
                replacement.remove(DIRECTIVE);
                return replacement;
            case "delete":
                return original.objectNode();
            case "", "merge":
                break;
            default:
                throw unknown(patch);
        }
        ObjectNode result = original.deepCopy();
        if (patch.has(RETAIN)) {
            Set<String> retained = new HashSet<>();
            patch.path(RETAIN).forEach(name -> retained.add(name.asString("")));
            result.propertyNames().stream()
                    .filter(name -> !retained.contains(name))
                    .toList()
                    .forEach(result::remove);
        }
        Map<String, JsonNode> orders = new HashMap<>();
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            String name = change.getKey();
            if (name.startsWith(ORDER)) {
                if (!change.getValue().isArray()) {
                    throw ApiError.badRequest("invalid patch format of setElementOrder list");
                }
                orders.put(name.substring(ORDER.length()), change.getValue());
            } else if (name.startsWith(DELETE_PRIMITIVES)) {
                removeAll(result.path(name.substring(DELETE_PRIMITIVES.length())), change.getValue());
            } else if (!name.equals(DIRECTIVE) && !name.equals(RETAIN)) {
                member(result, name, change.getValue(), schema.member(name));
            }
        }
        orders.forEach((name, order) -> {
            if (result.path(name) instanceof ArrayNode list && order instanceof ArrayNode wanted) {
                result.set(name, ordered(list, wanted, original.path(name), schema.member(name)));
            }
        });
        return result;
    }

    private static void member(ObjectNode result, String name, JsonNode change, Schema schema) {
        JsonNode there = result.get(name);
        if (change.isNull()) {
            result.remove(name);
        } else if (change instanceof ObjectNode changes) {
            ObjectNode base = there instanceof ObjectNode object && !schema.patchStrategy("replace")
                    ? object
                    : result.objectNode();
            result.set(name, apply(base, changes, schema));
        } else if (change instanceof ArrayNode items && schema.patchStrategy("merge")) {
            result.set(name, there instanceof ArrayNode array ? list(array, items, schema) : fresh(items, schema));
        } else {
            result.set(name, change.deepCopy());
        }
    }

    /** Where nothing is to be merged with, items are taken as they are, also if they have the same key. */
    private static ArrayNode fresh(ArrayNode items, Schema schema) {
        ArrayNode result = items.arrayNode();
        for (JsonNode item : items) {
            boolean plain = !(item instanceof ObjectNode) || !item.has(DIRECTIVE);
            if (plain) {
                result.add(
                        item instanceof ObjectNode change
                                ? apply(result.objectNode(), change, schema.element())
                                : item);
            }
        }
        return result.size() == items.size() ? result : list(items.arrayNode(), items, schema);
    }

    private static ArrayNode list(ArrayNode original, ArrayNode patch, Schema schema) {
        String key = schema.patchMergeKey();
        if (key.isEmpty()) {
            ArrayNode union = original.deepCopy();
            patch.forEach(value -> {
                if (indexOf(union, value) < 0) {
                    union.add(value);
                }
            });
            return ordered(union, patch, original, schema);
        }
        ArrayNode result = original.deepCopy();
        List<ObjectNode> merged = new ArrayList<>();
        boolean replace = false;
        for (JsonNode item : patch) {
            if (!(item instanceof ObjectNode change)) {
                throw ApiError.badRequest("a list that is merged by " + key + " holds a value that is no object");
            }
            switch (change.path(DIRECTIVE).asString("")) {
                case "replace" -> replace = true;
                case "delete" -> {
                    int at = position(result, key, required(change, key));
                    if (at >= 0) {
                        result.remove(at);
                    }
                }
                case "", "merge" -> merged.add(change);
                default -> throw unknown(change);
            }
        }
        if (replace) {
            result.removeAll();
        }
        for (ObjectNode change : merged) {
            int at = position(result, key, required(change, key));
            ObjectNode base = at >= 0 && result.get(at) instanceof ObjectNode there ? there : result.objectNode();
            ObjectNode item = apply(base, change, schema.element());
            if (at >= 0) {
                result.set(at, item);
            } else {
                result.add(item);
            }
        }
        ArrayNode order = result.arrayNode().addAll(merged);
        return ordered(result, order, original, schema);
    }

    private static JsonNode required(ObjectNode item, String key) {
        JsonNode value = item.get(key);
        if (value == null) {
            throw ApiError.badRequest("map: " + shown(item) + " does not contain declared merge key: " + key);
        }
        return value;
    }

    /**
     * Items that the client ordered in its order, new ones as early as can be; others where they stood among the original
     * items.
     */
    private static ArrayNode ordered(ArrayNode list, ArrayNode wanted, JsonNode original, Schema schema) {
        String key = schema.patchMergeKey();
        List<JsonNode> inOrder = new ArrayList<>();
        Set<JsonNode> taken = new HashSet<>();
        for (JsonNode one : wanted) {
            JsonNode id = identity(one, key);
            if (id != null && taken.add(id)) {
                for (JsonNode item : list) {
                    if (id.equals(identity(item, key))) {
                        inOrder.add(item);
                    }
                }
            }
        }
        ArrayNode result = list.arrayNode();
        int next = 0;
        for (JsonNode item : list) {
            JsonNode id = identity(item, key);
            if (id != null && taken.contains(id)) {
                continue;
            }
            int stood = position(original, key, id);
            while (next < inOrder.size()) {
                int other = position(original, key, identity(inOrder.get(next), key));
                if (other > stood) {
                    break;
                }
                result.add(inOrder.get(next++));
            }
            result.add(item);
        }
        while (next < inOrder.size()) {
            result.add(inOrder.get(next++));
        }
        return result;
    }

    private static @Nullable JsonNode identity(JsonNode item, String key) {
        return key.isEmpty() ? item : item.get(key);
    }

    private static int position(JsonNode list, String key, @Nullable JsonNode id) {
        for (int i = 0; id != null && i < list.size(); i++) {
            if (id.equals(identity(list.get(i), key))) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOf(ArrayNode list, JsonNode value) {
        return position(list, "", value);
    }

    private static void removeAll(JsonNode list, JsonNode values) {
        if (list instanceof ArrayNode array) {
            for (JsonNode value : values) {
                int at = indexOf(array, value);
                if (at >= 0) {
                    array.remove(at);
                }
            }
        }
    }

    private static ApiError unknown(JsonNode patch) {
        return ApiError.badRequest(
                "unknown patch type: " + patch.path(DIRECTIVE).asString("") + " in map: " + shown(patch));
    }

    /** As Go prints a value: {@code map[a:1 b:[x y]]}. */
    static String shown(JsonNode value) {
        return switch (value) {
            case ObjectNode object ->
                object.properties().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(member -> member.getKey() + ":" + shown(member.getValue()))
                        .collect(Collectors.joining(" ", "map[", "]"));
            case ArrayNode array ->
                array.valueStream().map(StrategicMergePatch::shown).collect(Collectors.joining(" ", "[", "]"));
            default -> value.isNull() ? "<nil>" : value.asString("");
        };
    }
}
