package io.edgemc.kube.apply;

import io.edgemc.kube.apply.MergeType.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What changed from one object to another.
 *
 * @param added fields that only the later has
 * @param modified fields that both have, with another value
 * @param removed fields that only the earlier has
 */
record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {
    private static final JsonNode NOTHING = MissingNode.getInstance();

    static Comparison of(@Nullable JsonNode before, @Nullable JsonNode after, MergeType type) {
        Comparison found = new Comparison(new FieldSet(), new FieldSet(), new FieldSet());
        found.compare(before, after, type);
        found.added.exclude();
        found.modified.exclude();
        found.removed.exclude();
        return found;
    }

    FieldSet touched() {
        return added.union(modified);
    }

    /** The same without some fields and all below them. */
    Comparison without(FieldSet fields) {
        return fields.isEmpty()
                ? this
                : new Comparison(added.without(fields), modified.without(fields), removed.without(fields));
    }

    private void compare(@Nullable JsonNode before, @Nullable JsonNode after, MergeType type) {
        if (before == null && after == null) {
            return;
        }
        Form was = type.form(before);
        Form is = type.form(after);
        boolean whole;
        if (after == null) {
            whole = as(was, before, null, type);
        } else {
            if (before != null && was != is) {
                as(was, before, after, type);
            }
            whole = as(is, before, after, type);
        }
        if (!whole) {
            presence(before, after);
        }
    }

    /** Compares two values taken for one form; whether they are owned as a whole. */
    private boolean as(Form form, @Nullable JsonNode before, @Nullable JsonNode after, MergeType type) {
        boolean map = form == Form.MAP;
        JsonNode left = before != null && (map ? before.isObject() : before.isArray()) ? before : NOTHING;
        JsonNode right = after != null && (map ? after.isObject() : after.isArray()) ? after : NOTHING;
        if (form == Form.SCALAR || type.atomic(form) || left.isEmpty() && right.isEmpty()) {
            if (before != null && after != null) {
                if (!Values.same(before, after)) {
                    modified.include();
                }
            } else {
                presence(before, after);
            }
            return true;
        }
        if (map) {
            members(left, right, type);
        } else {
            items(left, right, type);
        }
        return false;
    }

    private void presence(@Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null) {
            added.include();
        } else if (after == null) {
            removed.include();
        }
    }

    private void members(JsonNode before, JsonNode after, MergeType type) {
        Set<String> names = new LinkedHashSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        for (String name : names) {
            JsonNode was = before.get(name);
            JsonNode is = after.get(name);
            if (was == null || !was.equals(is)) {
                String edge = FieldPaths.field(name);
                below(edge, below -> below.compare(was, is, type.at(edge)));
            }
        }
    }

    private void items(JsonNode before, JsonNode after, MergeType type) {
        Map<String, List<JsonNode>> left = byEdge(before, type);
        Map<String, List<JsonNode>> right = byEdge(after, type);
        Set<String> edges = new LinkedHashSet<>(left.keySet());
        edges.addAll(right.keySet());
        for (String edge : edges) {
            List<JsonNode> was = left.getOrDefault(edge, List.of());
            List<JsonNode> is = right.getOrDefault(edge, List.of());
            below(edge, below -> below.item(was, is, type.item()));
        }
    }

    /** An item that is there several times is compared as a whole. */
    private void item(List<JsonNode> was, List<JsonNode> is, MergeType type) {
        JsonNode firstBefore = was.isEmpty() ? null : was.getFirst();
        JsonNode firstAfter = is.isEmpty() ? null : is.getFirst();
        if (was.size() <= 1 && is.size() <= 1) {
            compare(firstBefore, firstAfter, type);
        } else if (was.size() >= 2 && is.size() >= 2) {
            if (!Values.same(was, is)) {
                modified.include();
            }
        } else if (was.size() >= 2) {
            compare(null, firstAfter, type);
            removed.include();
        } else {
            compare(firstBefore, null, type);
            added.include();
        }
    }

    private void below(String edge, java.util.function.Consumer<Comparison> step) {
        step.accept(new Comparison(added.with(edge), modified.with(edge), removed.with(edge)));
        added.tidy(edge);
        modified.tidy(edge);
        removed.tidy(edge);
    }

    private static Map<String, List<JsonNode>> byEdge(JsonNode list, MergeType type) {
        Map<String, List<JsonNode>> items = new LinkedHashMap<>();
        list.forEach(item -> items.computeIfAbsent(FieldPaths.item(item, type), e -> new ArrayList<>(1))
                .add(item));
        return items;
    }
}
