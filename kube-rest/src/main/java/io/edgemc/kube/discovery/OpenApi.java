package io.edgemc.kube.discovery;

import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.facts.BuiltInFacts;
import io.edgemc.kube.kind.Kinds;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.ServedVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** OpenAPI v3 documents, one per group version: what {@code kubectl} needs to validate, patch, and explain. */
public final class OpenApi {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String REFERENCE = "#/components/schemas/";

    private final Kinds kinds;
    private final Map<String, String> hashes = new ConcurrentHashMap<>();

    public OpenApi(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * {@code /openapi/v3}: where the documents are. kubectl takes the path that it was configured with off these addresses; one that
     * is encoded (the asterisk of {@code /clusters/*}) would not be recognised, and be asked for below that path once more.
     *
     * @param prefix of the view, as it came
     */
    public ObjectNode index(String prefix) {
        String decoded = URI.create(prefix).getPath();
        ObjectNode document = JSON.objectNode();
        ObjectNode paths = document.putObject("paths");
        kinds.groups()
                .forEach((group, versions) -> versions.forEach((version, served) -> {
                    String path = (group.isEmpty() ? "api/" : "apis/" + group + "/") + version;
                    String hash = hashes.computeIfAbsent(path, p -> hash(version, served));
                    paths.putObject(path).put("serverRelativeURL", decoded + "/openapi/v3/" + path + "?hash=" + hash);
                }));
        return document;
    }

    /** The same as long as a document's content is: clients keep what they read under it. */
    private static String hash(String version, List<ServedKind> served) {
        int hash = gitVersion().hashCode();
        for (ServedKind kind : served) {
            ServedVersion at = kind.version(version);
            int content = at == null || kind.origin() == ServedKind.Origin.BUILT_IN
                    ? 0
                    : at.openApi().hashCode();
            hash = 31 * (31 * hash + kind.kind().hashCode()) + content;
        }
        return Integer.toHexString(hash);
    }

    private static final class Swagger {
        final byte[] json;
        final byte[] protobuf;

        Swagger(ObjectNode document) {
            json = document.toString().getBytes(StandardCharsets.UTF_8);
            protobuf = SwaggerProtobuf.of(document);
        }
    }

    private volatile @Nullable Swagger swagger;

    /** {@code /openapi/v2}, made when somebody asks for it first; protobuf if the client accepts that. */
    public KubeAnswer swagger(String accept) {
        Swagger made = swagger;
        if (made == null) {
            made = new Swagger(SwaggerDocument.of(kinds, this));
            swagger = made;
        }
        boolean protobuf = accept.contains("protobuf") && !accept.contains("application/json");
        return new KubeAnswer(
                200,
                protobuf ? SwaggerProtobuf.MEDIA_TYPE : "application/json",
                List.of(new KubeAnswer.Header("Vary", "Accept")),
                new KubeAnswer.Bytes(protobuf ? made.protobuf : made.json));
    }

    /** One group version; null if it is not served. */
    public @Nullable ObjectNode document(String group, String version) {
        List<ServedKind> served = kinds.groups().getOrDefault(group, Map.of()).get(version);
        if (served == null) {
            return null;
        }
        ObjectNode document = JSON.objectNode().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", gitVersion());
        ObjectNode paths = document.putObject("paths");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        for (ServedKind kind : served) {
            ServedVersion at = kind.version(version);
            if (at != null) {
                paths(paths, kind, version);
                schemas.set(at.openApiName(), schema(kind, at));
            }
        }
        close(schemas);
        return document;
    }

    private static String gitVersion() {
        return BuiltInFacts.get().version().path("gitVersion").asString("");
    }

    private static void paths(ObjectNode paths, ServedKind kind, String version) {
        String group = kind.ref().group();
        String base = (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version + "/";
        String collection = base
                + (kind.namespaced() ? "namespaces/{namespace}/" : "")
                + kind.ref().resource();
        paths.putObject(collection).set("get", operation(kind, version, "list"));
        paths.withObject("/" + escaped(collection)).set("post", operation(kind, version, "post"));
        ObjectNode single = paths.putObject(collection + "/{name}");
        single.set("get", operation(kind, version, "get"));
        single.set("put", operation(kind, version, "put"));
        single.set("patch", operation(kind, version, "patch"));
        single.set("delete", operation(kind, version, "delete"));
    }

    private static String escaped(String path) {
        return path.replace("~", "~0").replace("/", "~1");
    }

    private static ObjectNode operation(ServedKind kind, String version, String action) {
        ObjectNode operation = JSON.objectNode();
        boolean writes = action.equals("post") || action.equals("put") || action.equals("patch");
        if (writes) {
            ArrayNode parameters = operation.putArray("parameters");
            for (String name : List.of("dryRun", "fieldManager", "fieldValidation")) {
                parameters
                        .addObject()
                        .put("name", name)
                        .put("in", "query")
                        .putObject("schema")
                        .put("type", "string");
            }
            if (action.equals("patch")) {
                parameters
                        .addObject()
                        .put("name", "force")
                        .put("in", "query")
                        .putObject("schema")
                        .put("type", "boolean");
            }
        }
        if (action.equals("patch")) {
            ObjectNode content = operation.putObject("requestBody").putObject("content");
            content.putObject("application/apply-patch+yaml");
            content.putObject("application/json-patch+json");
            content.putObject("application/merge-patch+json");
            if (kind.origin() == ServedKind.Origin.BUILT_IN) {
                content.putObject("application/strategic-merge-patch+json");
            }
        }
        operation.putObject("responses").putObject("200").put("description", "OK");
        operation.put("x-kubernetes-action", action);
        operation.set("x-kubernetes-group-version-kind", gvk(kind, version));
        return operation;
    }

    private static ObjectNode gvk(ServedKind kind, String version) {
        return JSON.objectNode()
                .put("group", kind.ref().group())
                .put("version", version)
                .put("kind", kind.kind());
    }

    private static JsonNode schema(ServedKind kind, ServedVersion version) {
        if (kind.origin() == ServedKind.Origin.BUILT_IN) {
            return expanded(version.openApi());
        }
        ObjectNode schema = ((ObjectNode) version.openApi()).deepCopy();
        if (schema.path("properties").isObject()) {
            ObjectNode properties = (ObjectNode) schema.path("properties");
            properties.putObject("apiVersion").put("type", "string");
            properties.putObject("kind").put("type", "string");
            properties.putObject("metadata").put("$ref", REFERENCE + BuiltInFacts.OBJECT_META);
        }
        schema.putArray("x-kubernetes-group-version-kind").add(gvk(kind, version.version()));
        return schema;
    }

    /** Adds every type that the schemas refer to. */
    private static void close(ObjectNode schemas) {
        Deque<String> open = new ArrayDeque<>();
        schemas.forEach(schema -> references(schema, open));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.remove();
            if (seen.add(name) && !schemas.has(name)) {
                JsonNode type = expanded(BuiltInFacts.get().types().path(name));
                schemas.set(name, type);
                references(type, open);
            }
        }
    }

    private static void references(JsonNode schema, Deque<String> found) {
        for (JsonNode reference : schema.findValues("$ref")) {
            if (reference.isString() && reference.asString().startsWith(REFERENCE)) {
                found.add(reference.asString().substring(REFERENCE.length()));
            }
        }
    }

    /** Facts name types shortly; OpenAPI refers to them in full, and wraps references that have siblings. */
    private static JsonNode expanded(JsonNode facts) {
        if (facts instanceof ObjectNode object) {
            ObjectNode copy = JSON.objectNode();
            object.properties().forEach(member -> {
                JsonNode value = member.getValue();
                if (member.getKey().equals("$ref") && value.isString()) {
                    ObjectNode reference = JSON.objectNode().put("$ref", REFERENCE + value.asString());
                    if (object.size() == 1) {
                        copy.setAll(reference);
                    } else {
                        copy.putArray("allOf").add(reference);
                    }
                } else {
                    copy.set(member.getKey(), expanded(value));
                }
            });
            return copy;
        }
        if (facts instanceof ArrayNode array) {
            ArrayNode copy = JSON.arrayNode();
            array.forEach(element -> copy.add(expanded(element)));
            return copy;
        }
        return facts;
    }
}
