package io.edgemc.kube.facts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what a reference API server knows of its built-in kinds (discovery, OpenAPI v3, Table columns) and writes it down
 * without descriptions. Run by {@code
 * tools/kube-facts/generate}; two runs give the same bytes.
 */
final class FactsGenerator {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> KEPT = new TreeSet<>(Set.of(
            "type",
            "format",
            "enum",
            "required",
            "x-kubernetes-list-type",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-map-type",
            "x-kubernetes-patch-merge-key",
            "x-kubernetes-patch-strategy",
            "x-kubernetes-int-or-string",
            "x-kubernetes-preserve-unknown-fields",
            "x-kubernetes-group-version-kind"));

    private final HttpClient http =
            // The proxy does not take part in an upgrade to HTTP/2.
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final TreeMap<String, ObjectNode> schemas = new TreeMap<>();

    /** {@code server}: a {@code kubectl proxy} of the reference. */
    FactsGenerator(URI server) {
        this.server = server;
    }

    String generate() throws IOException, InterruptedException {
        TreeMap<String, ObjectNode> kinds = new TreeMap<>();
        readGroup("", "/api", List.of("v1"), kinds);
        for (JsonNode group : get("/apis", "application/json").path("groups")) {
            List<String> versions = new ArrayList<>();
            group.path("versions").forEach(v -> versions.add(v.path("version").asString()));
            String name = group.path("name").asString();
            readGroup(name, "/apis/" + name, versions, kinds);
        }
        StringBuilder out = new StringBuilder("{\"version\":")
                .append(get("/version", "application/json"))
                .append(",\n\"kinds\":[\n");
        out.append(String.join(
                ",\n", kinds.values().stream().map(ObjectNode::toString).toList()));
        out.append("\n],\n\"types\":{\n");
        Map<String, JsonNode> types = reachable(kinds.values());
        List<String> lines = new ArrayList<>();
        types.forEach((name, type) -> lines.add(JSON.writeValueAsString(name) + ":" + type));
        return out.append(String.join(",\n", lines)).append("\n}}\n").toString();
    }

    private void readGroup(String group, String path, List<String> versions, Map<String, ObjectNode> kinds)
            throws IOException, InterruptedException {
        for (String version : versions) {
            String versionPath = path + "/" + version;
            JsonNode openApi = get("/openapi/v3" + versionPath, "application/json");
            for (Map.Entry<String, JsonNode> schema :
                    openApi.path("components").path("schemas").properties()) {
                schemas.putIfAbsent(schema.getKey(), compact(schema.getValue()));
            }
            JsonNode resources = get(versionPath, "application/json").path("resources");
            for (JsonNode resource : resources) {
                if (!resource.path("name").asString().contains("/")) {
                    kind(group, version, versionPath, resource, resources, kinds);
                }
            }
        }
    }

    private void kind(
            String group,
            String version,
            String versionPath,
            JsonNode resource,
            JsonNode all,
            Map<String, ObjectNode> kinds)
            throws IOException, InterruptedException {
        String plural = resource.path("name").asString();
        ObjectNode kind = kinds.computeIfAbsent(group + "/" + plural, key -> {
            ObjectNode fresh = JSON.createObjectNode().put("group", group).put("plural", plural);
            for (String member : List.of("kind", "singularName", "namespaced", "shortNames", "categories")) {
                if (resource.has(member)) {
                    fresh.set(member, resource.get(member));
                }
            }
            return fresh;
        });
        ObjectNode served = kind.withArray("versions").addObject().put("version", version);
        served.set("verbs", resource.get("verbs"));
        schemas.keySet().stream()
                .filter(name ->
                        ofKind(name, group, version, resource.path("kind").asString()))
                .findFirst()
                .ifPresent(type -> served.put("type", type));
        ObjectNode subresources = JSON.createObjectNode();
        for (JsonNode other : all) {
            String name = other.path("name").asString();
            if (name.startsWith(plural + "/")) {
                ObjectNode subresource = subresources.putObject(name.substring(plural.length() + 1));
                for (String member : List.of("group", "version", "kind", "verbs")) {
                    if (other.has(member)) {
                        subresource.set(member, other.get(member));
                    }
                }
            }
        }
        if (!subresources.isEmpty()) {
            served.set("subresources", subresources);
        }
        if (resource.path("verbs").toString().contains("list")) {
            served.set("columns", columns(versionPath + "/" + plural));
        }
    }

    private ArrayNode columns(String path) throws IOException, InterruptedException {
        ArrayNode columns = JSON.createArrayNode();
        JsonNode table = get(path + "?limit=1", "application/json;as=Table;v=v1;g=meta.k8s.io");
        for (JsonNode column : table.path("columnDefinitions")) {
            ObjectNode kept = columns.addObject()
                    .put("name", column.path("name").asString())
                    .put("type", column.path("type").asString());
            if (!column.path("format").asString("").isEmpty()) {
                kept.put("format", column.path("format").asString());
            }
            if (column.path("priority").asInt(0) != 0) {
                kept.put("priority", column.path("priority").asInt());
            }
        }
        return columns;
    }

    private boolean ofKind(String type, String group, String version, String kind) {
        for (JsonNode gvk : schemas.get(type).path("x-kubernetes-group-version-kind")) {
            if (gvk.path("group").asString().equals(group)
                    && gvk.path("version").asString().equals(version)
                    && gvk.path("kind").asString().equals(kind)) {
                return true;
            }
        }
        return false;
    }

    /** Keeps facts, drops words; defaults that only mirror a Go zero value are no facts. */
    private static ObjectNode compact(JsonNode schema) {
        ObjectNode out = JSON.createObjectNode();
        String reference = schema.path("$ref")
                .asString(schema.path("allOf").path(0).path("$ref").asString(""));
        if (!reference.isEmpty()) {
            out.put("$ref", reference.substring("#/components/schemas/".length()));
        }
        for (String name : KEPT) {
            if (schema.has(name)) {
                out.set(name, schema.get(name));
            }
        }
        if (schema.has("oneOf")) {
            // Quantity and IntOrString: a string or a number.
            out.set("oneOf", schema.get("oneOf"));
        }
        JsonNode value = schema.path("default");
        if (!value.isMissingNode()
                && !value.isContainer()
                && !value.toString().equals("\"\"")
                && !value.toString().equals("0")
                && !value.toString().equals("false")) {
            out.set("default", value);
        }
        if (schema.has("properties")) {
            ObjectNode properties = out.putObject("properties");
            schema.path("properties").properties().forEach(p -> properties.set(p.getKey(), compact(p.getValue())));
        }
        if (schema.has("items")) {
            out.set("items", compact(schema.get("items")));
        }
        if (schema.path("additionalProperties").isObject()) {
            out.set("additionalProperties", compact(schema.get("additionalProperties")));
        }
        return out;
    }

    private Map<String, JsonNode> reachable(Iterable<ObjectNode> kinds) {
        TreeMap<String, JsonNode> found = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(List.of("io.k8s.api.autoscaling.v1.Scale"));
        kinds.forEach(kind -> kind.path("versions").forEach(v -> {
            if (v.has("type")) {
                open.add(v.path("type").asString());
            }
        }));
        while (!open.isEmpty()) {
            String name = open.remove();
            if (!found.containsKey(name)) {
                ObjectNode type = schemas.get(name);
                found.put(name, type);
                type.findValues("$ref").stream()
                        .filter(JsonNode::isString)
                        .forEach(reference -> open.add(reference.asString()));
            }
        }
        return found;
    }

    private JsonNode get(String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Accept", accept)
                .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }
}
