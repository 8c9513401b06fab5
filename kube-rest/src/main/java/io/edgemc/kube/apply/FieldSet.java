package io.edgemc.kube.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A set of field paths, in the shape of {@code FieldsV1}: a trie whose edges are {@code f:name}, {@code k:{key}},
 * {@code v:value} and {@code i:index}. A node is a member itself, or only on the way to members. Not thread-safe.
 */
final class FieldSet {
    private final TreeMap<String, FieldSet> children = new TreeMap<>();
    private boolean member;

    static FieldSet parse(JsonNode fields) {
        FieldSet set = new FieldSet();
        for (Map.Entry<String, JsonNode> entry : fields.properties()) {
            if (entry.getKey().equals(".")) {
                set.member = true;
            } else {
                FieldSet child = parse(entry.getValue());
                child.member |= child.children.isEmpty();
                set.children.put(entry.getKey(), child);
            }
        }
        return set;
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (member && !children.isEmpty()) {
            node.putObject(".");
        }
        children.forEach((edge, child) -> node.set(edge, child.json()));
        return node;
    }

    Map<String, FieldSet> children() {
        return children;
    }

    @Nullable
    FieldSet child(String edge) {
        return children.get(edge);
    }

    FieldSet with(String edge) {
        return children.computeIfAbsent(edge, e -> new FieldSet());
    }

    boolean isMember() {
        return member;
    }

    FieldSet include() {
        member = true;
        return this;
    }

    /** No member itself any more; what is below stays. */
    FieldSet exclude() {
        member = false;
        return this;
    }

    boolean isEmpty() {
        return !member && children.isEmpty();
    }

    FieldSet copy() {
        FieldSet copy = new FieldSet();
        copy.member = member;
        children.forEach((edge, child) -> copy.children.put(edge, child.copy()));
        return copy;
    }

    FieldSet union(FieldSet other) {
        FieldSet all = copy();
        all.member |= other.member;
        other.children.forEach((edge, child) -> {
            FieldSet mine = all.children.get(edge);
            all.children.put(edge, mine == null ? child.copy() : mine.union(child));
        });
        return all;
    }

    FieldSet intersection(FieldSet other) {
        FieldSet common = new FieldSet();
        common.member = member && other.member;
        children.forEach((edge, child) -> {
            FieldSet theirs = other.children.get(edge);
            if (theirs != null) {
                FieldSet both = child.intersection(theirs);
                if (!both.isEmpty()) {
                    common.children.put(edge, both);
                }
            }
        });
        return common;
    }

    FieldSet difference(FieldSet other) {
        FieldSet left = new FieldSet();
        left.member = member && !other.member;
        children.forEach((edge, child) -> {
            FieldSet theirs = other.children.get(edge);
            FieldSet rest = theirs == null ? child.copy() : child.difference(theirs);
            if (!rest.isEmpty()) {
                left.children.put(edge, rest);
            }
        });
        return left;
    }

    /** What is left when these fields and everything below them are gone. */
    FieldSet without(FieldSet removed) {
        FieldSet left = new FieldSet();
        if (removed.member) {
            return left;
        }
        left.member = member;
        children.forEach((edge, child) -> {
            FieldSet gone = removed.children.get(edge);
            FieldSet rest = gone == null ? child.copy() : child.without(gone);
            if (!rest.isEmpty()) {
                left.children.put(edge, rest);
            }
        });
        return left;
    }

    /** All members' paths in Kubernetes' notation, such as {@code .spec.containers[name="a"].image}. */
    List<String> paths() {
        List<String> all = new ArrayList<>();
        walk("", (path, node) -> {
            if (node.member) {
                all.add(path);
            }
        });
        return all;
    }

    private void walk(String path, BiConsumer<String, FieldSet> visitor) {
        visitor.accept(path, this);
        children.forEach((edge, child) -> child.walk(path + FieldPaths.shown(edge), visitor));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSet set && member == set.member && children.equals(set.children);
    }

    @Override
    public int hashCode() {
        return children.hashCode() * 2 + (member ? 1 : 0);
    }

    @Override
    public String toString() {
        return json().toString();
    }
}
