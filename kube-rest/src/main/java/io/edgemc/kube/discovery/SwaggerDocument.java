package io.edgemc.kube.discovery;

import io.edgemc.kube.facts.BuiltInFacts;
import io.edgemc.kube.kind.Kinds;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /openapi/v2}: all that is served as one document, for clients that do not know the third version, or ask for the second
 * when the third does not tell, as kubectl does for a {@code List}. Made of the documents of {@link OpenApi}.
 */
final class SwaggerDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String V3 = "#/components/schemas/";
    private static final String V2 = "#/definitions/";
    /** What a schema may hold in the third version only. */
    private static final List<String> UNKNOWN = List.of("oneOf", "anyOf", "not", "nullable");

    private SwaggerDocument() {}

    static ObjectNode of(Kinds kinds, OpenApi openApi) {
        ObjectNode document = JSON.objectNode().put("swagger", "2.0");
        document.putObject("info")
                .put("title", "Kubernetes")
                .put("version", BuiltInFacts.get().version().path("gitVersion").asString(""));
        ObjectNode paths = document.putObject("paths");
        ObjectNode definitions = document.putObject("definitions");
        kinds.groups()
                .forEach((group, versions) -> versions.keySet().forEach(version -> {
                    ObjectNode part = openApi.document(group, version);
                    if (part != null) {
                        part.path("paths")
                                .properties()
                                .forEach(path -> paths.set(path.getKey(), path(path.getValue())));
                        part.path("components")
                                .path("schemas")
                                .properties()
                                .forEach(type -> definitions.set(type.getKey(), schema(type.getValue())));
                    }
                }));
        return document;
    }

    private static ObjectNode path(JsonNode operations) {
        ObjectNode made = JSON.objectNode();
        operations.properties().forEach(operation -> made.set(operation.getKey(), operation(operation.getValue())));
        return made;
    }

    private static ObjectNode operation(JsonNode operation) {
        ObjectNode made = JSON.objectNode();
        JsonNode accepted = operation.path("requestBody").path("content");
        if (!accepted.isEmpty()) {
            ArrayNode consumes = made.putArray("consumes");
            accepted.properties().forEach(type -> consumes.add(type.getKey()));
        }
        if (operation.has("parameters")) {
            ArrayNode parameters = made.putArray("parameters");
            operation
                    .path("parameters")
                    .forEach(parameter -> parameters
                            .addObject()
                            .put("name", parameter.path("name").asString(""))
                            .put("in", parameter.path("in").asString(""))
                            .put("type", parameter.path("schema").path("type").asString("")));
        }
        operation.properties().stream()
                .filter(member ->
                        member.getKey().equals("responses") || member.getKey().startsWith("x-"))
                .forEach(member -> made.set(member.getKey(), member.getValue()));
        return made;
    }

    private static JsonNode schema(JsonNode schema) {
        if (schema instanceof ArrayNode list) {
            ArrayNode made = JSON.arrayNode();
            list.forEach(item -> made.add(schema(item)));
            return made;
        }
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        ObjectNode made = JSON.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            switch (name) {
                case "$ref" -> made.put(name, value.asString("").replace(V3, V2));
                // The second version has no siblings of references: one that is wrapped stands for itself.
                case "allOf" ->
                    made.put("$ref", value.path(0).path("$ref").asString("").replace(V3, V2));
                case "properties" -> {
                    ObjectNode properties = made.putObject(name);
                    value.properties().forEach(p -> properties.set(p.getKey(), schema(p.getValue())));
                }
                case "default", "enum", "required", "x-kubernetes-group-version-kind" -> made.set(name, value);
                default -> {
                    if (!UNKNOWN.contains(name)) {
                        made.set(name, schema(value));
                    }
                }
            }
        }
        return made;
    }
}
