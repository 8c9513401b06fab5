package io.edgemc.kube.apply;

import io.edgemc.kube.schema.Schema;
import io.edgemc.kube.schema.Schema.Shape;
import io.edgemc.kube.schema.Schema.Topology;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which fields an object has, and which differ between two: the structured-merge rules of Kubernetes. */
final class Ownership {
    /** What changed from one object to another. */
    record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {
        FieldSet touched() {
            return added.union(modified);
        }
    }

    private Ownership() {}

    /** Fields that an applied configuration claims. */
    static FieldSet claimed(JsonNode object, Schema schema) {
        FieldSet set = new FieldSet();
        claim(object, schema, set);
        return set;
    }

    private static void claim(JsonNode value, Schema schema, FieldSet at) {
        if (isLeaf(value, schema)) {
            at.include();
        } else if (value instanceof ArrayNode array) {
            for (JsonNode item : array) {
                String edge = FieldPaths.item(item, schema);
                if (edge != null) {
                    FieldSet child = at.with(edge);
                    claim(item, schema.element(), child);
                    child.include();
                }
            }
        } else {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                FieldSet child = at.with(FieldPaths.field(member.getKey()));
                claim(member.getValue(), schema.member(member.getKey()), child);
                boolean empty = member.getValue().isNull()
                        || member.getValue().isObject() && member.getValue().isEmpty();
                if (empty || !schema.properties().containsKey(member.getKey())) {
                    child.include();
                }
                if (child.isEmpty()) {
                    at.children().remove(FieldPaths.field(member.getKey()));
                }
            }
        }
    }

    static Comparison compare(@Nullable JsonNode before, @Nullable JsonNode after, Schema schema) {
        Comparison found = new Comparison(new FieldSet(), new FieldSet(), new FieldSet());
        compare(before, after, schema, found.added(), found.modified(), found.removed(), true);
        return found;
    }

    /** Marks the nodes given; returns nothing, prunes nothing: {@link #tidy} does. */
    private static void compare(
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            Schema schema,
            FieldSet added,
            FieldSet modified,
            FieldSet removed,
            boolean root) {
        if (before == null && after == null) {
            return;
        }
        boolean leaf = before != null && isLeaf(before, schema) || after != null && isLeaf(after, schema);
        boolean bothEmpty = isEmpty(before) && isEmpty(after);
        if (!root && before == null) {
            added.include();
        } else if (!root && after == null) {
            removed.include();
        } else if ((leaf || bothEmpty || !sameKind(before, after)) && before != null && !before.equals(after)) {
            modified.include();
        }
        if (leaf || bothEmpty || before != null && after != null && !sameKind(before, after)) {
            return;
        }
        Map<String, JsonNode> left = parts(before, schema);
        Map<String, JsonNode> right = parts(after, schema);
        Set<String> edges = new LinkedHashSet<>(left.keySet());
        edges.addAll(right.keySet());
        for (String edge : edges) {
            Schema child = edge.startsWith("f:") ? schema.member(edge.substring(2)) : schema.element();
            JsonNode was = left.get(edge);
            JsonNode is = right.get(edge);
            if (was != null && was.equals(is)) {
                continue;
            }
            FieldSet a = added.with(edge);
            FieldSet m = modified.with(edge);
            FieldSet r = removed.with(edge);
            compare(was, is, child, a, m, r, false);
            tidy(added, edge, a);
            tidy(modified, edge, m);
            tidy(removed, edge, r);
        }
    }

    private static void tidy(FieldSet parent, String edge, FieldSet child) {
        if (child.isEmpty()) {
            parent.children().remove(edge);
        }
    }

    /** Members or items by their edges. */
    static Map<String, JsonNode> parts(@Nullable JsonNode value, Schema schema) {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        if (value instanceof ObjectNode object) {
            object.properties().forEach(member -> parts.put(FieldPaths.field(member.getKey()), member.getValue()));
        } else if (value instanceof ArrayNode array) {
            for (JsonNode item : array) {
                String edge = FieldPaths.item(item, schema);
                if (edge != null) {
                    parts.putIfAbsent(edge, item);
                }
            }
        }
        return parts.isEmpty() ? new HashMap<>() : parts;
    }

    /** Whether a value is owned as a whole. */
    static boolean isLeaf(JsonNode value, Schema schema) {
        return switch (value) {
            case ObjectNode object -> schema.topology() == Topology.ATOMIC && schema.shape() != Shape.LIST;
            case ArrayNode array -> schema.shape() != Shape.LIST || schema.topology() == Topology.ATOMIC;
            default -> true;
        };
    }

    private static boolean isEmpty(@Nullable JsonNode value) {
        return value == null || value.isContainer() && value.isEmpty();
    }

    private static boolean sameKind(@Nullable JsonNode before, @Nullable JsonNode after) {
        return before == null || after == null || before.getNodeType() == after.getNodeType();
    }
}
