package io.edgemc.kube.facts;

import io.edgemc.kube.schema.GoFields;
import io.edgemc.kube.schema.Schema;
import io.edgemc.kube.store.KindRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Facts of Kubernetes 1.36's built-in kinds, generated from a reference API server by {@code tools/kube-facts}. Thread-safe;
 * read once per JVM.
 */
public final class BuiltInFacts {
    private static final String RESOURCE = "kubernetes-1.36.json";
    private static final String DEFAULTS = "kubernetes-1.36.defaults.json";
    private static final String GO = "kubernetes-1.36.go.txt";
    /** The type of every object's metadata. */
    public static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    private static final class Holder {
        static final BuiltInFacts FACTS = new BuiltInFacts();
    }

    private final JsonNode facts = read(RESOURCE);
    private final JsonNode defaults = read(DEFAULTS);
    private final Map<String, GoFields> go = goFields();
    private final Map<String, Schema> types = new ConcurrentHashMap<>();

    private BuiltInFacts() {}

    private static JsonNode read(String resource) {
        try (InputStream in = BuiltInFacts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, GoFields> goFields() {
        try (InputStream in = BuiltInFacts.class.getResourceAsStream(GO)) {
            if (in == null) {
                throw new IllegalStateException("resource " + GO + " is missing");
            }
            Map<String, GoFields> all = new HashMap<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                List<String> words = List.of(line.split(" "));
                String type = words.getFirst();
                String name = type.substring(type.lastIndexOf('.') + 1);
                all.put(type, GoFields.parse(name, words.subList(1, words.size()), type.contains(".apiextensions.")));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static BuiltInFacts get() {
        return Holder.FACTS;
    }

    /** What {@code /version} answers. */
    public JsonNode version() {
        return facts.path("version");
    }

    /** One entry per (group, plural), as generated. */
    public JsonNode kinds() {
        return facts.path("kinds");
    }

    /** All types by their OpenAPI names; {@code $ref} holds such a name. */
    public JsonNode types() {
        return facts.path("types");
    }

    /** The schema of a type; {@link Schema#ANY} for null. */
    public Schema schema(@Nullable String type) {
        if (type == null) {
            return Schema.ANY;
        }
        Schema known = types.get(type);
        if (known != null) {
            return known;
        }
        JsonNode json = facts.path("types").path(type);
        if (json.isMissingNode()) {
            throw new IllegalArgumentException("no built-in type " + type);
        }
        Schema made = new Schema(withDefaults(type, json), this::schema, true, go.get(type));
        Schema earlier = types.putIfAbsent(type, made);
        return earlier == null ? made : earlier;
    }

    /** What a server says in the status of a new object of a kind such as {@code pods}; missing for nothing. */
    public JsonNode initialStatus(KindRef kind) {
        return defaults.path("status").path(kind.toString());
    }

    /** With the defaults that OpenAPI documents do not tell, and therefore {@link #types} does not either. */
    private JsonNode withDefaults(String type, JsonNode json) {
        JsonNode untold = defaults.path("types").path(type);
        if (untold.isEmpty()) {
            return json;
        }
        ObjectNode copy = ((ObjectNode) json).deepCopy();
        for (Map.Entry<String, JsonNode> field : untold.properties()) {
            ((ObjectNode) copy.path("properties").path(field.getKey())).set("default", field.getValue());
        }
        return copy;
    }
}
