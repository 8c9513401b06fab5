package io.edgemc.kube.apply;

import io.edgemc.kube.schema.ListKeys;
import io.edgemc.kube.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Edges of field paths, as {@code FieldsV1} writes them: {@code f:name}, {@code k:{"key":1}}, {@code v:value}, {@code
 * i:index}.
 */
final class FieldPaths {
    private static final String KINDS = "fkvi";

    /** The order in which an API server tells fields: by kind of edge, keys and values by what they are. */
    static final Comparator<String> AS_TOLD = FieldPaths::compare;

    private FieldPaths() {}

    static String field(String name) {
        return "f:" + name;
    }

    /** The edge to an item of a list that is owned item by item. */
    static String item(JsonNode item, MergeType list) {
        Schema schema = list.schema();
        if (schema == null || schema.topology() == Schema.Topology.SET) {
            return "v:" + text(item);
        }
        JsonNode key = key(item, schema);
        return "k:" + (key == null ? "{}" : text(key));
    }

    /** The item's key members; null if it has none. A missing member that a built-in type requires is its zero value. */
    static @Nullable JsonNode key(JsonNode item, Schema list) {
        ObjectNode key = ListKeys.of(item, list);
        Schema element = list.element();
        boolean complete = element.isCustom()
                || key != null && key.size() == list.mapKeys().size();
        if (complete) {
            return key;
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        for (String name : list.mapKeys().stream().sorted().toList()) {
            if (key != null && key.has(name)) {
                whole.set(name, key.get(name));
            } else if (element.required().contains(name)) {
                boolean number = element.member(name).shape() == Schema.Shape.INTEGER;
                whole.set(
                        name,
                        number ? JsonNodeFactory.instance.numberNode(0) : JsonNodeFactory.instance.stringNode(""));
            }
        }
        return whole.isEmpty() ? null : whole;
    }

    /** As Go writes JSON: what HTML gives a meaning is escaped. */
    static String text(JsonNode value) {
        String text = value.toString();
        return text.indexOf('<') < 0 && text.indexOf('>') < 0 && text.indexOf('&') < 0
                ? text
                : text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    /**
     * An edge that a client wrote, in the form in which edges are compared; null for a kind that nobody knows.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    static @Nullable String read(String edge) {
        if (edge.length() < 2 || edge.charAt(1) != ':') {
            throw new IllegalArgumentException("no path element: " + edge);
        }
        String rest = edge.substring(2);
        return switch (edge.charAt(0)) {
            case 'f' -> edge;
            case 'i' -> "i:" + Integer.parseInt(rest);
            case 'v' -> "v:" + text(json(rest));
            case 'k' -> {
                if (!(json(rest) instanceof ObjectNode key)) {
                    throw new IllegalArgumentException("no key: " + edge);
                }
                ObjectNode sorted = JsonNodeFactory.instance.objectNode();
                new TreeMap<>(Map.ofEntries(key.properties().toArray(new Map.Entry[0])))
                        .forEach((name, value) -> sorted.set((String) name, (JsonNode) value));
                yield "k:" + text(sorted);
            }
            default -> null;
        };
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no JSON: " + text, e);
        }
    }

    /** As conflicts show it. */
    static String shown(String edge) {
        String rest = edge.substring(2);
        return switch (edge.charAt(0)) {
            case 'f' -> "." + rest;
            case 'v' -> "[=" + json(rest) + "]";
            case 'k' -> {
                List<String> parts = new ArrayList<>();
                json(rest).properties().forEach(key -> parts.add(key.getKey() + "=" + key.getValue()));
                yield "[" + String.join(",", parts) + "]";
            }
            default -> "[" + rest + "]";
        };
    }

    private static int compare(String left, String right) {
        char kind = left.charAt(0);
        if (kind != right.charAt(0)) {
            return KINDS.indexOf(kind) - KINDS.indexOf(right.charAt(0));
        }
        return switch (kind) {
            case 'k' -> compareKeys(json(left.substring(2)), json(right.substring(2)));
            case 'v' -> compareValues(json(left.substring(2)), json(right.substring(2)));
            case 'i' -> Integer.compare(Integer.parseInt(left.substring(2)), Integer.parseInt(right.substring(2)));
            default -> left.compareTo(right);
        };
    }

    private static int compareKeys(JsonNode left, JsonNode right) {
        Iterator<Map.Entry<String, JsonNode>> mine = left.properties().iterator();
        Iterator<Map.Entry<String, JsonNode>> theirs = right.properties().iterator();
        while (mine.hasNext() && theirs.hasNext()) {
            Map.Entry<String, JsonNode> one = mine.next();
            Map.Entry<String, JsonNode> other = theirs.next();
            int order = one.getKey().compareTo(other.getKey());
            order = order == 0 ? compareValues(one.getValue(), other.getValue()) : order;
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(mine.hasNext(), theirs.hasNext());
    }

    /** Numbers, then texts, then truth values. */
    private static int compareValues(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return Values.compareNumbers(left, right);
        }
        if (left.isString() && right.isString()) {
            return left.asString().compareTo(right.asString());
        }
        if (left.isBoolean() && right.isBoolean()) {
            return Boolean.compare(left.asBoolean(), right.asBoolean());
        }
        int order = rank(left) - rank(right);
        return order == 0 ? left.toString().compareTo(right.toString()) : order;
    }

    private static int rank(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> 0;
            case STRING -> 1;
            case BOOLEAN -> 2;
            default -> 3;
        };
    }
}
