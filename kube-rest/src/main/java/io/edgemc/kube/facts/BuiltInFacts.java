package io.edgemc.kube.facts;

import io.edgemc.kube.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Facts of Kubernetes 1.36's built-in kinds, generated from a reference API server by {@code tools/kube-facts}. Thread-safe;
 * read once per JVM.
 */
public final class BuiltInFacts {
    private static final String RESOURCE = "kubernetes-1.36.json";
    /** The type of every object's metadata. */
    public static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    private static final class Holder {
        static final BuiltInFacts FACTS = new BuiltInFacts();
    }

    private final JsonNode facts;
    private final Map<String, Schema> types = new ConcurrentHashMap<>();

    private BuiltInFacts() {
        try (InputStream in = BuiltInFacts.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing");
            }
            facts = JsonMapper.shared().readTree(in);
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
        Schema made = new Schema(json, this::schema, true);
        Schema earlier = types.putIfAbsent(type, made);
        return earlier == null ? made : earlier;
    }
}
