package io.edgemc.kube.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one built-in type as its Go struct has them. An API server reads every object into such structs and writes
 * it out of them: fields that are always written appear with their zero values, all others disappear if they are empty.
 * Immutable.
 *
 * @param typeName as refusals name it, such as {@code DeploymentSpec}
 * @param keepsEmpty whether an empty list stays one: it is stored as JSON. Protobuf, in which most kinds are stored, has none
 */
public record GoFields(String typeName, Map<String, Field> fields, boolean keepsEmpty) {
    /**
     * One field.
     *
     * @param type such as {@code *int32}
     * @param zero what is written if nobody set it; null if it is not written then
     */
    public record Field(String type, @Nullable JsonNode zero) {
        private boolean meansItsZero() {
            return type.startsWith("*");
        }

        private boolean isEmpty(JsonNode value) {
            if (value.isNull()) {
                return true;
            }
            if (meansItsZero()) {
                return false;
            }
            return switch (value) {
                case ArrayNode array -> array.isEmpty();
                case ObjectNode object -> object.isEmpty();
                default ->
                    value.isString() && value.asString().isEmpty()
                            || value.isNumber() && value.asDouble() == 0
                            || value.isBoolean() && !value.asBoolean();
            };
        }
    }

    /** An empty list of these is a client's wish to forget all owners. */
    private static final String MANAGED = "managedFields";

    /** Reads {@code name json=type[!zero] ...}. */
    public static GoFields parse(String typeName, List<String> fields, boolean keepsEmpty) {
        Map<String, Field> all = new LinkedHashMap<>();
        for (String text : fields) {
            int equals = text.indexOf('=');
            int mark = text.indexOf('!');
            String type = text.substring(equals + 1, mark < 0 ? text.length() : mark);
            JsonNode zero = mark < 0 ? null : JsonMapper.shared().readTree(text.substring(mark + 1));
            all.put(text.substring(0, equals), new Field(type, zero));
        }
        return new GoFields(typeName, Collections.unmodifiableMap(all), keepsEmpty);
    }

    /** A value of a type of which nobody set anything: what is always there. Lists and maps without value are empty. */
    public static ObjectNode nothing(Schema schema) {
        ObjectNode empty = JsonNodeFactory.instance.objectNode();
        normalize(empty, schema);
        emptied(empty, schema);
        return empty;
    }

    private static void emptied(ObjectNode object, Schema schema) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Schema child = schema.member(member.getKey());
            boolean parts = child.shape() == Schema.Shape.LIST && child.topology() != Schema.Topology.ATOMIC;
            if (member.getValue().isNull() && parts) {
                member.setValue(JsonNodeFactory.instance.arrayNode());
            } else if (member.getValue() instanceof ObjectNode below) {
                emptied(below, child);
            }
        }
    }

    /** Brings a value, and all below it, into the form in which an API server holds it. In place. */
    public static void normalize(JsonNode value, Schema schema) {
        if (value instanceof ObjectNode object) {
            GoFields go = schema.go();
            if (go != null) {
                go.settle(object, schema);
            }
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (member.getValue().isContainer()) {
                    normalize(member.getValue(), schema.member(member.getKey()));
                }
            }
        } else if (value instanceof ArrayNode array) {
            for (JsonNode item : array) {
                if (item.isContainer()) {
                    normalize(item, schema.element());
                }
            }
        }
    }

    private void settle(ObjectNode object, Schema schema) {
        for (Map.Entry<String, Field> entry : fields.entrySet()) {
            String name = entry.getKey();
            JsonNode there = object.get(name);
            Field field = entry.getValue();
            // A default takes the place of whatever counts as nothing.
            JsonNode zero = schema.member(name).defaultValue() == null ? field.zero() : null;
            if (there == null || there.isNull()) {
                if (zero != null) {
                    object.set(name, zero.deepCopy());
                } else if (there != null) {
                    object.remove(name);
                }
            } else if (zero == null && field.isEmpty(there) && !name.equals(MANAGED)) {
                object.remove(name);
            }
        }
    }

    /** Empties what rests as nothing: Protobuf, in which an API server stores most kinds, has no empty lists. In place. */
    public static void rest(JsonNode value, Schema schema) {
        if (value instanceof ObjectNode object) {
            GoFields go = schema.go();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                JsonNode child = member.getValue();
                if (!child.isContainer()) {
                    continue;
                }
                Field field = go == null || go.keepsEmpty() ? null : go.fields().get(member.getKey());
                boolean nothing =
                        field != null && field.zero() != null && field.zero().isNull() && child.isEmpty();
                if (nothing && schema.member(member.getKey()).defaultValue() == null) {
                    member.setValue(JsonNodeFactory.instance.nullNode());
                } else {
                    rest(child, schema.member(member.getKey()));
                }
            }
        } else if (value instanceof ArrayNode array) {
            array.forEach(item -> rest(item, schema.element()));
        }
    }

    /** Where among its siblings an API server comes to a field; after all others for one that is unknown. */
    int position(String name) {
        int at = 0;
        for (String field : fields.keySet()) {
            if (field.equals(name)) {
                return at;
            }
            at++;
        }
        return at;
    }
}
