package io.edgemc.placement.resolve.select;

import io.edgemc.placement.resolve.select.FieldError.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the fields of one JSON object and notes every error by its path, so that a user sees all of them at once. A member that
 * nobody asked for is an error, found by {@link #finish}. A null member counts as absent, as in Kubernetes.
 */
public final class FieldReader {
    private final JsonNode node;
    private final String path;
    private final List<FieldError> errors;
    private final Set<String> known = new HashSet<>();

    private FieldReader(JsonNode node, String path, List<FieldError> errors) {
        this.node = node;
        this.path = path;
        this.errors = errors;
        if (!node.isMissingNode() && !node.isObject()) {
            errors.add(new FieldError(path, Code.INVALID, "must be an object"));
        }
    }

    /** A reader of the member {@code name} of an object; reads nothing but absent fields if it is not there. */
    public static FieldReader of(ObjectNode object, String name, List<FieldError> errors) {
        return new FieldReader(present(object.path(name)), name, errors);
    }

    public String path(String field) {
        return path + "." + field;
    }

    public void error(String field, Code code, String message) {
        errors.add(new FieldError(path(field), code, message));
    }

    /** An error about this object itself. */
    public void error(Code code, String message) {
        errors.add(new FieldError(path, code, message));
    }

    public boolean has(String field) {
        return !take(field).isMissingNode();
    }

    public @Nullable String text(String field) {
        JsonNode value = take(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isString()) {
            error(field, Code.INVALID, "must be a string");
            return null;
        }
        return value.stringValue();
    }

    /** A string that must be there and not be empty; {@code ""} after noting the error otherwise. */
    public String requiredText(String field) {
        String value = text(field);
        if (value == null || value.isEmpty()) {
            if (value != null || !has(field)) {
                error(field, Code.REQUIRED, "is required");
            }
            return "";
        }
        return value;
    }

    public boolean flag(String field) {
        JsonNode value = take(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            error(field, Code.INVALID, "must be true or false");
        }
        return value.isBoolean() && value.booleanValue();
    }

    public int number(String field, int absent, int least) {
        JsonNode value = take(field);
        if (value.isMissingNode()) {
            return absent;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            error(field, Code.INVALID, "must be a whole number");
            return absent;
        }
        if (value.intValue() < least) {
            error(field, Code.INVALID, "must be at least " + least);
            return absent;
        }
        return value.intValue();
    }

    /** One of the constants by its exact name. */
    public <E extends Enum<E>> E choice(String field, Class<E> type, E absent) {
        String value = text(field);
        if (value == null) {
            return absent;
        }
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
            names.add(constant.name());
        }
        error(field, Code.NOT_SUPPORTED, "must be one of " + String.join(", ", names));
        return absent;
    }

    public List<String> texts(String field) {
        List<String> values = new ArrayList<>();
        items(field, (item, at) -> {
            if (item.isString()) {
                values.add(item.stringValue());
            } else {
                errors.add(new FieldError(at, Code.INVALID, "must be a string"));
            }
        });
        return List.copyOf(values);
    }

    public Map<String, String> textMap(String field) {
        Map<String, String> values = new LinkedHashMap<>();
        JsonNode map = take(field);
        if (!map.isMissingNode() && !map.isObject()) {
            error(field, Code.INVALID, "must be a map of strings");
        }
        map.properties().forEach(member -> {
            if (member.getValue().isString()) {
                values.put(member.getKey(), member.getValue().stringValue());
            } else {
                error(field + "." + member.getKey(), Code.INVALID, "must be a string");
            }
        });
        return values;
    }

    /** Reads a list of objects; items for which {@code read} gives null (it noted an error) are left out. */
    public <T> List<T> objects(String field, Function<FieldReader, @Nullable T> read) {
        List<T> values = new ArrayList<>();
        items(field, (item, at) -> {
            if (!item.isObject()) {
                errors.add(new FieldError(at, Code.INVALID, "must be an object"));
                return;
            }
            int before = errors.size();
            FieldReader reader = new FieldReader(item, at, errors);
            T value = read.apply(reader);
            reader.finish();
            if (value != null && errors.size() == before) {
                values.add(value);
            }
        });
        return List.copyOf(values);
    }

    /** Reads a member that is an object, or null if it is absent. */
    public <T> @Nullable T object(String field, Function<FieldReader, @Nullable T> read) {
        JsonNode value = take(field);
        if (value.isMissingNode()) {
            return null;
        }
        FieldReader reader = new FieldReader(value, path(field), errors);
        T result = read.apply(reader);
        reader.finish();
        return result;
    }

    /** The member as it is, or null if it is absent. */
    public @Nullable JsonNode raw(String field) {
        JsonNode value = take(field);
        return value.isMissingNode() ? null : value;
    }

    /** Notes an error for each member that was not asked for. */
    public void finish() {
        node.properties().forEach(member -> {
            if (!known.contains(member.getKey())) {
                error(member.getKey(), Code.UNKNOWN, "unknown field");
            }
        });
    }

    private void items(String field, Item sink) {
        JsonNode list = take(field);
        if (list.isMissingNode()) {
            return;
        }
        if (!(list instanceof ArrayNode array)) {
            error(field, Code.INVALID, "must be a list");
            return;
        }
        for (int i = 0; i < array.size(); i++) {
            sink.accept(array.get(i), path(field) + "[" + i + "]");
        }
    }

    private JsonNode take(String field) {
        known.add(field);
        return present(node.path(field));
    }

    private static JsonNode present(JsonNode node) {
        return node.isNull() ? MissingNode.getInstance() : node;
    }

    private interface Item {
        void accept(JsonNode item, String at);
    }
}
