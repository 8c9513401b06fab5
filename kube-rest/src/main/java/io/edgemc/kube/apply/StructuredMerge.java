package io.edgemc.kube.apply;

import io.edgemc.kube.schema.Schema;
import io.edgemc.kube.schema.Schema.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lays an applied configuration over a live object, and takes out what nobody wants any more. */
final class StructuredMerge {
    private StructuredMerge() {}

    /** A new object: {@code live} with {@code applied} over it. Inputs stay as they are. */
    static JsonNode merged(@Nullable JsonNode live, JsonNode applied, Schema schema) {
        if (live == null || Ownership.isLeaf(applied, schema) || live.getNodeType() != applied.getNodeType()) {
            return applied.deepCopy();
        }
        if (applied instanceof ObjectNode wanted) {
            ObjectNode result = ((ObjectNode) live).deepCopy();
            wanted.properties()
                    .forEach(member -> result.set(
                            member.getKey(),
                            merged(live.get(member.getKey()), member.getValue(), schema.member(member.getKey()))));
            return result;
        }
        return mergedList((ArrayNode) live, (ArrayNode) applied, schema);
    }

    /** Applied items in their order; live items that are not applied stay where they were among their neighbours. */
    private static ArrayNode mergedList(ArrayNode live, ArrayNode applied, Schema schema) {
        Map<String, JsonNode> right = Ownership.parts(applied, schema);
        Map<String, JsonNode> left = new LinkedHashMap<>();
        ArrayNode result = live.arrayNode();
        for (JsonNode item : live) {
            String edge = FieldPaths.item(item, schema);
            if (edge == null) {
                result.add(item);
            } else {
                left.putIfAbsent(edge, item);
            }
        }
        List<String> waiting = new ArrayList<>(left.keySet());
        for (Map.Entry<String, JsonNode> wanted : right.entrySet()) {
            int position = waiting.indexOf(wanted.getKey());
            if (position >= 0) {
                for (String earlier : waiting.subList(0, position)) {
                    if (!right.containsKey(earlier)) {
                        result.add(left.get(earlier));
                    }
                }
                waiting.subList(0, position + 1).removeIf(edge -> true);
            }
            JsonNode there = left.get(wanted.getKey());
            result.add(
                    schema.topology() == Topology.SET
                            ? wanted.getValue()
                            : merged(there, wanted.getValue(), schema.element()));
        }
        waiting.stream().filter(edge -> !right.containsKey(edge)).forEach(edge -> result.add(left.get(edge)));
        return result;
    }

    /**
     * Removes, in place, what {@code dropped} names and {@code kept} does not hold. A container that loses its last member
     * so goes too, unless someone holds it.
     */
    static void remove(JsonNode value, FieldSet dropped, FieldSet kept, Schema schema) {
        for (Map.Entry<String, FieldSet> entry : dropped.children().entrySet()) {
            String edge = entry.getKey();
            JsonNode child = Ownership.parts(value, schema).get(edge);
            if (child == null) {
                continue;
            }
            FieldSet holders = kept.child(edge);
            Schema childSchema = edge.startsWith("f:") ? schema.member(edge.substring(2)) : schema.element();
            if (holders == null && entry.getValue().isMember()) {
                take(value, edge, schema);
                continue;
            }
            if (child.isContainer() && !Ownership.isLeaf(child, childSchema)) {
                boolean hadSome = !child.isEmpty();
                remove(child, entry.getValue(), holders == null ? new FieldSet() : holders, childSchema);
                if (holders == null && hadSome && child.isEmpty()) {
                    take(value, edge, schema);
                }
            }
        }
    }

    private static void take(JsonNode value, String edge, Schema schema) {
        if (value instanceof ObjectNode object) {
            object.remove(edge.substring(2));
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (edge.equals(FieldPaths.item(array.get(i), schema))) {
                    array.remove(i);
                    return;
                }
            }
        }
    }
}
