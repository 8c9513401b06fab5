package io.edgemc.kube.schema;

import org.jspecify.annotations.Nullable;

/**
 * Where in the Go structs of a built-in kind a value belongs. Messages of an API server name the innermost struct, the
 * fields on the way to it (neither keys of maps nor indexes), and the Go type.
 *
 * @param struct such as {@code DeploymentSpec}
 * @param fields such as {@code spec.replicas}
 * @param type such as {@code *int32}
 */
record GoPlace(String struct, String fields, String type) {
    /** The object itself; null if there is no Go struct behind it. */
    static @Nullable GoPlace root(Schema schema) {
        GoFields go = schema.go();
        return go == null ? null : new GoPlace(go.typeName(), "", go.typeName());
    }

    /** A member of an object in this place; null where nothing is known of it. */
    @Nullable
    GoPlace member(@Nullable GoFields go, String name) {
        GoFields.Field field = go == null ? null : go.fields().get(name);
        if (go == null || field == null) {
            return null;
        }
        String own = GoEmbedded.path(go.typeName(), name);
        return new GoPlace(go.typeName(), fields.isEmpty() ? own : fields + "." + own, field.type());
    }

    /** A value of the list or map in this place. */
    GoPlace inside() {
        String plain = plainType();
        if (plain.equals("v1.ResourceList")) {
            return new GoPlace(struct, fields, "resource.Quantity");
        }
        int end = plain.startsWith("map[") ? plain.indexOf(']') + 1 : plain.startsWith("[]") ? 2 : 0;
        return new GoPlace(struct, fields, plain.substring(end));
    }

    /** Go follows pointers before it looks at types. */
    String plainType() {
        return type.startsWith("*") ? type.substring(1) : type;
    }

    /** What Go says of a value that does not fit. {@code found}: its JSON type, for numbers with the number. */
    String refusal(String found) {
        return refusal(found, plainType());
    }

    String refusal(String found, String expected) {
        return "json: cannot unmarshal " + found + " into Go struct field " + struct + "." + fields + " of type "
                + expected;
    }
}
