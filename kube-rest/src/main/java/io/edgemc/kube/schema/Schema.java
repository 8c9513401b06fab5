package io.edgemc.kube.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One node of a structural schema, of a built-in kind or of a CRD. Children are made on demand, so recursive types work.
 * Immutable from outside; thread-safe.
 */
public final class Schema {
    /** Knows nothing and allows everything. */
    public static final Schema ANY = new Schema(
            JsonNodeFactory.instance.objectNode(),
            name -> {
                throw new IllegalStateException("no type " + name);
            },
            true);

    /** What a value must look like. */
    public enum Shape {
        OBJECT,
        MAP,
        LIST,
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        INT_OR_STRING,
        QUANTITY,
        ANY
    }

    /** How a list or map is merged and owned. */
    public enum Topology {
        ATOMIC,
        SET,
        KEYED,
        GRANULAR
    }

    private final JsonNode json;
    private final Function<String, Schema> types;
    private final boolean openObjects;
    private final Shape shape;
    private final boolean keepsUnknown;
    private final Set<String> required;
    private final @Nullable GoFields go;
    private volatile @Nullable Map<String, Schema> properties;
    private volatile @Nullable Schema element;

    /**
     * @param json the schema, references already resolved at this level
     * @param types finds the type of a {@code $ref}
     * @param openObjects whether an object without named members may hold anything, as built-in types do (FieldsV1,
     *     RawExtension); a CRD's bare object is pruned to nothing
     */
    public Schema(JsonNode json, Function<String, Schema> types, boolean openObjects) {
        this(json, types, openObjects, null);
    }

    /** {@code go}: the Go struct behind a built-in type. */
    public Schema(JsonNode json, Function<String, Schema> types, boolean openObjects, @Nullable GoFields go) {
        this.go = go;
        this.json = json;
        this.types = types;
        this.openObjects = openObjects;
        this.shape = shapeOf(json, openObjects);
        boolean preserve = json.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
        this.keepsUnknown = preserve || shape == Shape.ANY;
        this.required = Set.copyOf(strings(json.path("required")));
    }

    /** The Go struct of a built-in type; null for all others. */
    public @Nullable GoFields go() {
        return go;
    }

    /** The schema of a CRD, or a part of one. */
    public static Schema custom(JsonNode json) {
        return new Schema(
                json,
                type -> {
                    throw new IllegalArgumentException("a CRD's schema may not refer to " + type);
                },
                false);
    }

    /** Whether a CRD gives it: those are checked in more ways than the descriptions of built-in types tell. */
    public boolean isCustom() {
        return !openObjects;
    }

    private static Shape shapeOf(JsonNode json, boolean openObjects) {
        if (json.path("x-kubernetes-int-or-string").asBoolean(false)
                || json.path("format").asString("").equals("int-or-string")) {
            return Shape.INT_OR_STRING;
        }
        return switch (json.path("type").asString("")) {
            case "object" ->
                json.has("properties")
                        ? Shape.OBJECT
                        : json.path("additionalProperties").isObject()
                                ? Shape.MAP
                                : openObjects ? Shape.ANY : Shape.OBJECT;
            case "array" -> Shape.LIST;
            case "string" -> Shape.STRING;
            case "integer" -> Shape.INTEGER;
            case "number" -> Shape.NUMBER;
            case "boolean" -> Shape.BOOLEAN;
            default ->
                json.has("properties") ? Shape.OBJECT : openObjects && json.has("oneOf") ? Shape.QUANTITY : Shape.ANY;
        };
    }

    public Shape shape() {
        return shape;
    }

    /** Whether members that the schema does not name stay. */
    public boolean keepsUnknown() {
        return keepsUnknown;
    }

    public boolean embedsResource() {
        return json.path("x-kubernetes-embedded-resource").asBoolean(false);
    }

    public boolean nullable() {
        return json.path("nullable").asBoolean(false);
    }

    public Set<String> required() {
        return required;
    }

    public @Nullable JsonNode defaultValue() {
        return json.get("default");
    }

    /** A keyword's value, missing if there is none. */
    public JsonNode keyword(String name) {
        return json.path(name);
    }

    public List<String> mapKeys() {
        return strings(json.path("x-kubernetes-list-map-keys"));
    }

    public String patchMergeKey() {
        return json.path("x-kubernetes-patch-merge-key").asString("");
    }

    public boolean patchStrategy(String strategy) {
        return List.of(json.path("x-kubernetes-patch-strategy").asString("").split(","))
                .contains(strategy);
    }

    /** Ownership of this list or map; lists are atomic unless told otherwise. */
    public Topology topology() {
        if (shape == Shape.LIST) {
            return switch (json.path("x-kubernetes-list-type").asString("")) {
                case "map" -> Topology.KEYED;
                case "set" -> Topology.SET;
                default -> Topology.ATOMIC;
            };
        }
        return json.path("x-kubernetes-map-type").asString("").equals("atomic") ? Topology.ATOMIC : Topology.GRANULAR;
    }

    /** Named members, empty for shapes without. */
    public Map<String, Schema> properties() {
        Map<String, Schema> known = properties;
        if (known == null) {
            Map<String, Schema> made = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> property : json.path("properties").properties()) {
                made.put(property.getKey(), child(property.getValue()));
            }
            known = made;
            properties = made;
        }
        return known;
    }

    /** Schema of list items or map values. */
    public Schema element() {
        Schema known = element;
        if (known == null) {
            JsonNode items = shape == Shape.LIST ? json.path("items") : json.path("additionalProperties");
            known = items.isObject() ? child(items) : ANY;
            element = known;
        }
        return known;
    }

    /** Schema of a member: named, or a map's value, or {@link #ANY}. */
    public Schema member(String name) {
        Schema property = properties().get(name);
        if (property != null) {
            return property;
        }
        return json.path("additionalProperties").isObject() ? element() : ANY;
    }

    /** The same schema with some members exchanged, such as a CRD's {@code metadata}. */
    public Schema withProperties(Map<String, Schema> exchanged) {
        ObjectNode copy = json.isObject() ? ((ObjectNode) json).deepCopy() : JsonNodeFactory.instance.objectNode();
        ObjectNode named = copy.withObject("/properties");
        exchanged.keySet().forEach(name -> named.putObject(name));
        copy.put("type", "object");
        Schema made = new Schema(copy, types, openObjects, go);
        Map<String, Schema> all = new LinkedHashMap<>(made.properties());
        all.putAll(exchanged);
        made.properties = all;
        return made;
    }

    private Schema child(JsonNode node) {
        String reference = node.path("$ref").asString("");
        if (reference.isEmpty()) {
            return new Schema(node, types, openObjects);
        }
        Schema type = types.apply(reference);
        if (node.size() == 1) {
            return type;
        }
        ObjectNode merged = ((ObjectNode) type.json).deepCopy();
        node.properties().stream()
                .filter(member -> !member.getKey().equals("$ref"))
                .forEach(member -> merged.set(member.getKey(), member.getValue()));
        return new Schema(merged, types, openObjects, type.go);
    }

    private static List<String> strings(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(value -> all.add(value.asString("")));
        return all;
    }
}
