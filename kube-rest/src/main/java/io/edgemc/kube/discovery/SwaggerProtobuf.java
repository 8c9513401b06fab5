package io.edgemc.kube.discovery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The document of {@link SwaggerDocument} in the form in which client-go asks for it, and for no other:
 * {@code openapi.v2.Document} of gnostic's OpenAPIv2.proto, whose numbers of fields these are.
 */
final class SwaggerProtobuf {
    static final String MEDIA_TYPE = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private static final Map<String, Integer> METHODS = Map.of("get", 2, "put", 3, "post", 4, "delete", 5, "patch", 8);

    private SwaggerProtobuf() {}

    static byte[] of(JsonNode document) {
        Message message = new Message()
                .text(1, document.path("swagger"))
                .part(
                        2,
                        new Message()
                                .text(1, document.path("info").path("title"))
                                .text(2, document.path("info").path("version")));
        Message paths = new Message();
        document.path("paths").properties().forEach(path -> paths.part(2, named(path.getKey(), path(path.getValue()))));
        Message definitions = new Message();
        document.path("definitions")
                .properties()
                .forEach(type -> definitions.part(1, named(type.getKey(), schema(type.getValue()))));
        return message.part(8, paths).part(9, definitions).bytes();
    }

    private static Message named(String name, Message value) {
        return new Message().text(1, name).part(2, value);
    }

    private static Message path(JsonNode operations) {
        Message message = new Message();
        METHODS.forEach((method, number) -> {
            if (operations.has(method)) {
                message.part(number, operation(operations.get(method)));
            }
        });
        return message;
    }

    private static Message operation(JsonNode operation) {
        Message message = new Message();
        operation.path("consumes").forEach(type -> message.text(7, type));
        for (JsonNode parameter : operation.path("parameters")) {
            Message query = new Message()
                    .text(2, parameter.path("in"))
                    .text(4, parameter.path("name"))
                    .text(6, parameter.path("type"));
            // ParametersItem > Parameter > NonBodyParameter > QueryParameterSubSchema
            message.part(8, new Message().part(1, new Message().part(2, new Message().part(3, query))));
        }
        Message responses = new Message();
        operation.path("responses").properties().forEach(response -> {
            Message described = new Message().text(1, response.getValue().path("description"));
            responses.part(1, named(response.getKey(), new Message().part(1, described)));
        });
        message.part(9, responses);
        extensions(operation, 13, message);
        return message;
    }

    private static Message schema(JsonNode schema) {
        Message message = new Message();
        message.text(1, schema.path("$ref"));
        message.text(2, schema.path("format"));
        if (schema.has("default")) {
            message.part(5, any(schema.get("default")));
        }
        schema.path("required").forEach(name -> message.text(19, name));
        schema.path("enum").forEach(value -> message.part(20, any(value)));
        if (schema.path("additionalProperties").isObject()) {
            message.part(21, new Message().part(1, schema(schema.get("additionalProperties"))));
        }
        if (schema.path("type").isString()) {
            message.part(22, new Message().text(1, schema.get("type")));
        }
        if (schema.path("items").isObject()) {
            message.part(23, new Message().part(1, schema(schema.get("items"))));
        }
        if (!schema.path("properties").isEmpty()) {
            Message properties = new Message();
            schema.path("properties")
                    .properties()
                    .forEach(property -> properties.part(1, named(property.getKey(), schema(property.getValue()))));
            message.part(25, properties);
        }
        extensions(schema, 31, message);
        return message;
    }

    private static void extensions(JsonNode node, int number, Message message) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (member.getKey().startsWith("x-")) {
                message.part(number, named(member.getKey(), any(member.getValue())));
            }
        }
    }

    /** As YAML, of which JSON is a part. */
    private static Message any(JsonNode value) {
        return new Message().text(2, value.toString());
    }

    /** Fields with a length: texts and messages. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message text(int number, JsonNode text) {
            return text.isString() && !text.asString().isEmpty() ? text(number, text.asString()) : this;
        }

        Message text(int number, String text) {
            return field(number, text.getBytes(StandardCharsets.UTF_8));
        }

        Message part(int number, Message message) {
            return field(number, message.bytes());
        }

        private Message field(int number, byte[] bytes) {
            for (long value : List.of((long) number << 3 | 2, (long) bytes.length)) {
                long left = value;
                while (left > 0x7f) {
                    out.write((int) (left & 0x7f | 0x80));
                    left >>>= 7;
                }
                out.write((int) left);
            }
            out.writeBytes(bytes);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
