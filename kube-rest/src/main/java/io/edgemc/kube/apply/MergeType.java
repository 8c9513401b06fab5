package io.edgemc.kube.apply;

import io.edgemc.kube.facts.BuiltInFacts;
import io.edgemc.kube.schema.Schema;
import io.edgemc.kube.schema.Schema.Shape;
import io.edgemc.kube.schema.Schema.Topology;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How values at one place are merged and owned: as members, as items, or as a whole. Where a schema says nothing, the value
 * decides. Immutable.
 */
final class MergeType {
    /** What a value is taken for. */
    enum Form {
        MAP,
        SCALAR,
        LIST
    }

    /** A place of which nothing is known: members are owned one by one, lists as a whole. */
    private static final MergeType OPEN = new MergeType(null, false, false);
    /** The same in built-in kinds: owned as a whole. */
    private static final MergeType OPAQUE = new MergeType(null, true, false);

    private static final MergeType TEXT = new MergeType(
            Schema.custom(tools.jackson.databind.node.JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "string")),
            false,
            false);

    private final @Nullable Schema schema;
    private final boolean opaque;
    private final boolean head;

    private MergeType(@Nullable Schema schema, boolean opaque, boolean head) {
        this.schema = schema;
        this.opaque = opaque;
        this.head = head;
    }

    /** Of whole objects. */
    static MergeType ofObjects(Schema schema) {
        return new MergeType(schema, false, true);
    }

    private static MergeType of(Schema schema) {
        if (schema.shape() != Shape.ANY) {
            return new MergeType(schema, false, false);
        }
        if (!schema.properties().isEmpty()) {
            return new MergeType(schema, false, false);
        }
        return schema.isCustom() ? OPEN : OPAQUE;
    }

    @Nullable
    Schema schema() {
        return schema;
    }

    /** What a value here is; a value of the wrong type, null and none are what the schema expects. */
    Form form(@Nullable JsonNode value) {
        if (schema == null) {
            return value == null || value.isNull() || value.isObject()
                    ? Form.MAP
                    : value.isArray() ? Form.LIST : Form.SCALAR;
        }
        return switch (schema.shape()) {
            case OBJECT, MAP, ANY -> Form.MAP;
            case LIST -> Form.LIST;
            default -> Form.SCALAR;
        };
    }

    /** Whether a map or list here is owned as a whole. */
    boolean atomic(Form form) {
        if (schema == null) {
            return opaque || form == Form.LIST;
        }
        return schema.topology() == Topology.ATOMIC;
    }

    /** Whether the schema names this member. */
    boolean names(String member) {
        return schema != null && (schema.properties().containsKey(member) || isHead(member));
    }

    private boolean isHead(String member) {
        boolean embedded = schema != null && schema.embedsResource();
        return (head || embedded) && (member.equals("apiVersion") || member.equals("kind"))
                || embedded && member.equals("metadata");
    }

    /** Of a member; null where none of that name may be. */
    @Nullable
    MergeType member(String name) {
        Schema known = schema;
        if (known == null) {
            return opaque ? OPAQUE : OPEN;
        }
        Schema property = known.properties().get(name);
        if (property != null) {
            return of(property);
        }
        if (isHead(name)) {
            return name.equals("metadata") ? of(BuiltInFacts.get().schema(BuiltInFacts.OBJECT_META)) : TEXT;
        }
        JsonNode others = known.keyword("additionalProperties");
        if (others.isObject()) {
            return of(known.element());
        }
        return known.keepsUnknown() || others.asBoolean(false) ? OPEN : null;
    }

    /** Of items. */
    MergeType item() {
        return schema == null ? (opaque ? OPAQUE : OPEN) : of(schema.element());
    }

    /** Of what an edge leads to. */
    MergeType at(String edge) {
        if (edge.startsWith("f:")) {
            MergeType member = member(edge.substring(2));
            return member == null ? OPEN : member;
        }
        return item();
    }
}
