package io.edgemc.kube.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.edgemc.kube.schema.Schema;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Types of expressions, one for each node of a schema: what the schema does not name cannot be asked for. */
final class SchemaTypes {
    private final Map<String, CelType> types = new HashMap<>();

    /** The type of {@code self} for a schema; objects get a type of their own, called {@code name}. */
    CelType of(Schema schema, String name) {
        return switch (schema.shape()) {
            case OBJECT -> struct(schema, name);
            case MAP -> MapType.create(SimpleType.STRING, of(schema.element(), name + ".@value"));
            case LIST -> ListType.create(of(schema.element(), name + ".@item"));
            case STRING -> string(schema);
            case INTEGER -> SimpleType.INT;
            case NUMBER -> SimpleType.DOUBLE;
            case BOOLEAN -> SimpleType.BOOL;
            case INT_OR_STRING, QUANTITY, ANY -> schema.properties().isEmpty() ? SimpleType.DYN : struct(schema, name);
        };
    }

    private static CelType string(Schema schema) {
        return switch (schema.keyword("format").asString("")) {
            case "byte" -> SimpleType.BYTES;
            case "date", "date-time" -> SimpleType.TIMESTAMP;
            case "duration" -> SimpleType.DURATION;
            default -> SimpleType.STRING;
        };
    }

    private CelType struct(Schema schema, String name) {
        CelType known = types.get(name);
        if (known != null) {
            return known;
        }
        Map<String, CelType> fields = new LinkedHashMap<>();
        schema.properties().forEach((member, child) -> {
            String escaped = FieldNames.escaped(member);
            if (escaped != null) {
                fields.put(escaped, of(child, name + "." + escaped));
            }
        });
        ImmutableMap<String, CelType> all = ImmutableMap.copyOf(fields);
        CelType made = StructType.create(name, all.keySet(), field -> Optional.ofNullable(all.get(field)));
        types.put(name, made);
        return made;
    }

    /** Finds the types that were made so far. */
    CelTypeProvider provider() {
        return new Provider(ImmutableMap.copyOf(types));
    }

    private static final class Provider implements CelTypeProvider {
        private final ImmutableMap<String, CelType> types;

        Provider(ImmutableMap<String, CelType> types) {
            this.types = types;
        }

        @Override
        public ImmutableCollection<CelType> types() {
            return types.values();
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(types.get(name));
        }
    }
}
