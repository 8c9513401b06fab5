package io.edgemc.kube.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A set of field paths, in the shape of {@code FieldsV1}: a trie whose edges are {@code f:name}, {@code k:{key}},
 * {@code v:value} and {@code i:index}. A node is a member itself, or only on the way to members. Not thread-safe.
 */
final class FieldSet {
    private static final FieldSet NONE = new FieldSet();

    private final TreeMap<String, FieldSet> children = new TreeMap<>();
    private boolean member;

    /** What was written by {@link #json()}. */
    static FieldSet parse(JsonNode fields) {
        return parse(fields, edge -> edge);
    }

    /**
     * What a client wrote; kinds of edges that nobody knows are left out.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    static FieldSet read(JsonNode fields) {
        return parse(fields, FieldPaths::read);
    }

    private static FieldSet parse(JsonNode fields, Function<String, @Nullable String> edges) {
        FieldSet set = new FieldSet();
        for (Map.Entry<String, JsonNode> entry : fields.properties()) {
            if (entry.getKey().equals(".")) {
                set.member = true;
                continue;
            }
            String edge = edges.apply(entry.getKey());
            if (edge != null) {
                FieldSet child = parse(entry.getValue(), edges);
                child.member |= child.children.isEmpty();
                set.children.put(edge, child);
            }
        }
        return set;
    }

    /** In the order in which fields are told. */
    ObjectNode json() {
        ObjectNode node = json(this);
        edges().forEach(edge -> node.set(edge, children.getOrDefault(edge, NONE).json()));
        return node;
    }

    /** In the order of texts. */
    ObjectNode jsonByText() {
        ObjectNode node = json(this);
        children.forEach((edge, child) -> node.set(edge, child.jsonByText()));
        return node;
    }

    private static ObjectNode json(FieldSet set) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (set.member && !set.children.isEmpty()) {
            node.putObject(".");
        }
        return node;
    }

    /** In the order in which they are told. */
    private Collection<String> edges() {
        boolean plain = children.isEmpty()
                || children.firstKey().startsWith("f:") && children.lastKey().startsWith("f:");
        return plain
                ? children.keySet()
                : children.keySet().stream().sorted(FieldPaths.AS_TOLD).toList();
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

    /** Forgets a child that is empty. */
    void tidy(String edge) {
        FieldSet child = children.get(edge);
        if (child != null && child.isEmpty()) {
            children.remove(edge);
        }
    }

    /** Whether these edges, one after the other, lead to a member. */
    boolean has(List<String> path) {
        FieldSet at = this;
        for (String edge : path) {
            at = at.children.get(edge);
            if (at == null) {
                return false;
            }
        }
        return at.member;
    }

    /** With one path as its only member. */
    static FieldSet of(List<String> path) {
        FieldSet set = new FieldSet();
        FieldSet at = set;
        for (String edge : path) {
            at = at.with(edge);
        }
        at.include();
        return set;
    }

    /**
     * All members' paths in Kubernetes' notation, such as {@code .spec.containers[name="a"].image}: of each place first the
     * members, then what is below them.
     */
    List<String> paths() {
        List<String> all = new ArrayList<>();
        paths("", all);
        return all;
    }

    private void paths(String path, List<String> all) {
        Collection<String> edges = edges();
        for (String edge : edges) {
            if (children.getOrDefault(edge, NONE).member) {
                all.add(path + FieldPaths.shown(edge));
            }
        }
        for (String edge : edges) {
            FieldSet child = children.getOrDefault(edge, NONE);
            if (!child.children.isEmpty()) {
                child.paths(path + FieldPaths.shown(edge), all);
            }
        }
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
