package io.edgemc.kube.schema;

import io.edgemc.kube.schema.Schema.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings an object into its schema's shape, in place: members that the schema does not name go (and are reported), nulls
 * that mean "absent" go. Wrong types are reported, and left for the caller to refuse.
 */
public final class Decoding {
    /**
     * A value of the wrong JSON type, or one that its type cannot read. {@code found} and {@code expected} in Go's words.
     *
     * @param goMessage what Go says of it; null where no Go struct is behind the value
     */
    public record WrongType(
            String path,
            String found,
            String expected,
            @Nullable String goMessage) {}

    private final List<String> unknown = new ArrayList<>();
    private final List<WrongType> wrong = new ArrayList<>();

    private final boolean nullsAreWrong;

    private Decoding(boolean nullsAreWrong) {
        this.nullsAreWrong = nullsAreWrong;
    }

    public static Decoding of(ObjectNode object, Schema schema) {
        Decoding decoding = new Decoding(false);
        decoding.value(object, schema, "", GoPlace.root(schema));
        return decoding;
    }

    /** Of what comes of an apply: a null that is there of a custom kind was not sent as such, and is a wrong type. */
    public static Decoding ofMerged(ObjectNode object, Schema schema) {
        Decoding decoding = new Decoding(schema.isCustom());
        decoding.value(object, schema, "", GoPlace.root(schema));
        return decoding;
    }

    /** Paths of members that were dropped because nobody knows them. */
    public List<String> unknown() {
        return unknown;
    }

    public List<WrongType> wrong() {
        return wrong;
    }

    private void value(JsonNode value, Schema schema, String path, @Nullable GoPlace go) {
        switch (schema.shape()) {
            case OBJECT -> {
                if (value instanceof ObjectNode object) {
                    members(object, schema, path, go);
                } else {
                    mismatch(value, path, "object", go);
                }
            }
            case MAP -> {
                if (value instanceof ObjectNode object) {
                    entries(object, schema, path, go);
                } else {
                    mismatch(value, path, "map", go);
                }
            }
            case LIST -> {
                if (value instanceof ArrayNode array) {
                    for (int i = 0; i < array.size(); i++) {
                        value(array.get(i), schema.element(), path + "[" + i + "]", go == null ? null : go.inside());
                    }
                } else {
                    mismatch(value, path, "array", go);
                }
            }
            case ANY -> known(value, schema, path, go);
            default -> scalar(value, schema, path, go);
        }
    }

    private void scalar(JsonNode value, Schema schema, String path, @Nullable GoPlace go) {
        if (schema.isCustom() && value instanceof ObjectNode object) {
            object.propertyNames().forEach(name -> unknown.add(path + "." + name));
        }
        String expected = Scalars.expected(schema);
        if (!Scalars.fits(value, schema)) {
            mismatch(value, path, expected, go);
        } else if (go != null) {
            String unreadable = GoScalars.unreadable(value, schema, go);
            if (unreadable != null) {
                wrong.add(new WrongType(path, found(value), expected, unreadable));
            }
        }
    }

    /** An open object may still name some of its members. */
    private void known(JsonNode value, Schema schema, String path, @Nullable GoPlace go) {
        if (value instanceof ObjectNode object && !schema.properties().isEmpty()) {
            members(object, schema, path, go);
        }
    }

    private void members(ObjectNode object, Schema schema, String path, @Nullable GoPlace go) {
        Iterator<Map.Entry<String, JsonNode>> all = object.properties().iterator();
        List<String> dropped = new ArrayList<>();
        while (all.hasNext()) {
            Map.Entry<String, JsonNode> member = all.next();
            Schema child = schema.properties().get(member.getKey());
            String at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            if (child != null) {
                if (member.getValue().isNull()
                        && !child.nullable()
                        && (child.shape() != Shape.ANY || child.isCustom())) {
                    dropped.add(member.getKey());
                    unwanted(child, at);
                } else if (!member.getValue().isNull()) {
                    value(member.getValue(), child, at, below(schema, child, member.getKey(), go));
                    canonical(member, child);
                    if (saysNothing(member, schema, child)) {
                        dropped.add(member.getKey());
                    }
                }
            } else if (schema.keyword("additionalProperties").isObject()) {
                value(member.getValue(), schema.element(), at, null);
            } else if (!schema.keepsUnknown() && !isEmbeddedHead(schema, member.getKey())) {
                unknown.add(at);
                dropped.add(member.getKey());
            }
        }
        dropped.forEach(object::remove);
    }

    /** Of a custom kind, metadata alone has a Go struct. */
    private static @Nullable GoPlace below(Schema schema, Schema child, String name, @Nullable GoPlace go) {
        if (go != null) {
            return go.member(schema.go(), name);
        }
        GoFields own = schema.isCustom() && !child.isCustom() ? child.go() : null;
        return own == null ? null : new GoPlace(own.typeName(), name, own.typeName());
    }

    private void unwanted(Schema schema, String path) {
        if (nullsAreWrong && schema.isCustom() && schema.defaultValue() == null && schema.shape() != Shape.ANY) {
            String expected = switch (schema.shape()) {
                case OBJECT, MAP -> "object";
                case LIST -> "array";
                case STRING -> "string";
                case INTEGER -> "integer";
                case NUMBER -> "number";
                case BOOLEAN -> "bool";
                default -> "integer or string";
            };
            wrong.add(new WrongType(path, "null", expected, null));
        }
    }

    /** Built-in kinds know no difference between an empty list or map and none. */
    private static boolean saysNothing(Map.Entry<String, JsonNode> member, Schema schema, Schema child) {
        boolean collection = child.shape() == Shape.LIST || child.shape() == Shape.MAP;
        return collection
                && !schema.isCustom()
                && member.getValue().isContainer()
                && member.getValue().isEmpty()
                && !isAlwaysWritten(schema, member.getKey())
                && child.defaultValue() == null
                && !member.getKey().equals("managedFields");
    }

    private static boolean isAlwaysWritten(Schema schema, String member) {
        GoFields go = schema.go();
        GoFields.Field field = go == null ? null : go.fields().get(member);
        return field == null ? schema.required().contains(member) : field.zero() != null;
    }

    private static boolean isEmbeddedHead(Schema schema, String member) {
        return schema.embedsResource()
                && (member.equals("apiVersion") || member.equals("kind") || member.equals("metadata"));
    }

    private void entries(ObjectNode object, Schema schema, String path, @Nullable GoPlace go) {
        List<String> dropped = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            boolean unwanted = entry.getValue().isNull()
                    && schema.isCustom()
                    && !schema.element().nullable();
            if (unwanted) {
                dropped.add(entry.getKey());
                unwanted(schema.element(), path + "." + entry.getKey());
            } else if (entry.getValue().isNull()) {
                // Go reads null as the zero value.
                if (schema.element().shape() == Shape.STRING) {
                    entry.setValue(object.stringNode(""));
                }
            } else {
                value(entry.getValue(), schema.element(), path + "." + entry.getKey(), go == null ? null : go.inside());
                canonical(entry, schema.element());
            }
        }
        dropped.forEach(object::remove);
    }

    /** Numbers and quantities are kept in the form in which they are compared and shown. */
    private static void canonical(Map.Entry<String, JsonNode> member, Schema schema) {
        JsonNode value = member.getValue();
        boolean whole = value.isFloatingPointNumber()
                && (schema.shape() == Shape.NUMBER || schema.shape() == Shape.INTEGER)
                && value.doubleValue() == Math.rint(value.doubleValue())
                && Math.abs(value.doubleValue()) < 1L << 53;
        if (whole) {
            long number = (long) value.doubleValue();
            member.setValue(
                    number == (int) number
                            ? JsonNodeFactory.instance.numberNode((int) number)
                            : JsonNodeFactory.instance.numberNode(number));
        }
        if (schema.shape() == Shape.QUANTITY && !schema.isCustom()) {
            Quantity quantity = Quantity.parsed(member.getValue().asString("").strip());
            if (quantity != null) {
                member.setValue(JsonNodeFactory.instance.stringNode(quantity.toString()));
            }
        }
    }

    private void mismatch(JsonNode value, String path, String expected, @Nullable GoPlace go) {
        if (!value.isNull()) {
            String message = go == null ? null : GoScalars.refusal(value, go);
            wrong.add(new WrongType(path, found(value), expected, message));
        }
    }

    static String found(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            case STRING -> "string";
            default -> "object";
        };
    }
}
