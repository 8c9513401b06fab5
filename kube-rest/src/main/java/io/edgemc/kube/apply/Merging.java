package io.edgemc.kube.apply;

import io.edgemc.kube.apply.MergeType.Form;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Lays an applied configuration over a live object. The result is new; what is given stays as it is. */
final class Merging {
    private static final JsonNode NOTHING = MissingNode.getInstance();

    private Merging() {}

    /** Null if nothing is left of both. */
    static @Nullable JsonNode merged(@Nullable JsonNode live, @Nullable JsonNode applied, MergeType type) {
        Form form = type.form(applied == null ? live : applied);
        if (form == Form.SCALAR || type.atomic(form)) {
            return kept(live, applied);
        }
        boolean map = form == Form.MAP;
        JsonNode left = live != null && (map ? live.isObject() : live.isArray()) ? live : NOTHING;
        JsonNode right = applied != null && (map ? applied.isObject() : applied.isArray()) ? applied : NOTHING;
        if (left.isEmpty() && right.isEmpty()) {
            return kept(live, applied);
        }
        JsonNode made = map ? members(left, right, type) : new Lists(left, right, type).merged();
        return made.isEmpty() ? null : made;
    }

    private static @Nullable JsonNode kept(@Nullable JsonNode live, @Nullable JsonNode applied) {
        JsonNode kept = applied == null ? live : applied;
        return kept == null ? null : kept.deepCopy();
    }

    private static ObjectNode members(JsonNode left, JsonNode right, MergeType type) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        Set<String> names = new LinkedHashSet<>(left.propertyNames());
        names.addAll(right.propertyNames());
        for (String name : names) {
            JsonNode value = merged(left.get(name), right.get(name), type.at(FieldPaths.field(name)));
            if (value != null) {
                result.set(name, value);
            }
        }
        return result;
    }

    /** Two lists of items with keys: applied items in their order, the others where they were among their neighbours. */
    private static final class Lists {
        private final MergeType type;
        private final JsonNode left;
        private final List<String> leftEdges = new ArrayList<>();
        private final List<String> rightEdges = new ArrayList<>();
        private final Map<String, JsonNode> leftItems = new HashMap<>();
        private final Map<String, JsonNode> rightItems = new HashMap<>();
        private final Deque<String> shared = new ArrayDeque<>();
        private final Set<String> taken = new HashSet<>();
        private final ArrayNode result = JsonNodeFactory.instance.arrayNode();

        Lists(JsonNode left, JsonNode right, MergeType type) {
            this.type = type;
            this.left = left;
            for (JsonNode item : left) {
                String edge = FieldPaths.item(item, type);
                leftEdges.add(edge);
                // Of two with the same key, neither is what an applied item changes.
                leftItems.merge(edge, item, (one, other) -> JsonNodeFactory.instance.nullNode());
            }
            for (JsonNode item : right) {
                String edge = FieldPaths.item(item, type);
                rightEdges.add(edge);
                rightItems.put(edge, item);
            }
            rightEdges.stream().filter(leftItems::containsKey).forEach(shared::add);
        }

        ArrayNode merged() {
            int l = 0;
            int r = 0;
            while (l < leftEdges.size() || r < rightEdges.size()) {
                String mine = l < leftEdges.size() ? leftEdges.get(l) : null;
                String wanted = r < rightEdges.size() ? rightEdges.get(r) : null;
                if (mine != null && mine.equals(wanted)) {
                    take(mine);
                    shared.poll();
                    l++;
                    r++;
                    continue;
                }
                if (mine != null && !rightItems.containsKey(mine)) {
                    add(Merging.merged(left.get(l), null, type.item()));
                    l++;
                    continue;
                }
                if (mine != null && wanted != null && !shared.isEmpty() && !mine.equals(shared.peek())) {
                    l++; // it moves to where it is wanted
                    continue;
                }
                if (mine != null && taken.contains(mine)) {
                    l++;
                }
                if (wanted != null) {
                    take(wanted);
                    r++;
                    if (wanted.equals(shared.peek())) {
                        shared.poll();
                    }
                }
            }
            return result;
        }

        private void take(String edge) {
            taken.add(edge);
            add(Merging.merged(leftItems.get(edge), rightItems.get(edge), type.item()));
        }

        private void add(@Nullable JsonNode item) {
            if (item != null) {
                result.add(item);
            }
        }
    }
}
