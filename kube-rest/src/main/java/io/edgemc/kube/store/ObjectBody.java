package io.edgemc.kube.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resting form of an object: see {@link StoredObject}.
 *
 * @param bytes UTF-8 JSON without {@code metadata.resourceVersion}
 * @param splice offset just behind the opening brace of {@code metadata}
 */
public record ObjectBody(byte[] bytes, int splice) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Writes a complete Kubernetes object; it must have {@code apiVersion}, {@code kind} and an object {@code metadata}. */
    public static ObjectBody of(ObjectNode object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        int splice;
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeName("apiVersion").writeTree(object.required("apiVersion"));
            json.writeName("kind").writeTree(object.required("kind"));
            json.writeName("metadata").writeStartObject();
            json.flush();
            splice = out.size();
            for (Map.Entry<String, JsonNode> member :
                    object.required("metadata").properties()) {
                if (!member.getKey().equals("resourceVersion")) {
                    json.writeName(member.getKey()).writeTree(member.getValue());
                }
            }
            json.writeEndObject();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (!isHead(member.getKey())) {
                    json.writeName(member.getKey()).writeTree(member.getValue());
                }
            }
            json.writeEndObject();
        }
        return new ObjectBody(out.toByteArray(), splice);
    }

    /** The object's labels as a plain map, in their order. */
    public static Map<String, String> labelsOf(ObjectNode object) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> label :
                object.path("metadata").path("labels").properties()) {
            labels.put(label.getKey(), label.getValue().asString());
        }
        return labels;
    }

    /** The complete JSON of a stored object, with its resourceVersion. */
    public static byte[] complete(StoredObject object) {
        byte[] body = object.body();
        boolean empty = body[object.splice()] == '}';
        byte[] version = ("\"resourceVersion\":\"" + object.resourceVersion() + (empty ? "\"" : "\","))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[body.length + version.length];
        System.arraycopy(body, 0, all, 0, object.splice());
        System.arraycopy(version, 0, all, object.splice(), version.length);
        System.arraycopy(body, object.splice(), all, object.splice() + version.length, body.length - object.splice());
        return all;
    }

    /** The offset just behind the closing brace of a stored object's metadata. */
    public static int metadataEnd(StoredObject object) {
        byte[] body = object.body();
        int depth = 1;
        boolean quoted = false;
        for (int i = object.splice(); i < body.length; i++) {
            byte at = body[i];
            if (quoted) {
                if (at == '\\') {
                    i++;
                } else if (at == '"') {
                    quoted = false;
                }
            } else if (at == '"') {
                quoted = true;
            } else if (at == '{' || at == '[') {
                depth++;
            } else if ((at == '}' || at == ']') && --depth == 0) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("the body has no metadata that ends");
    }

    private static boolean isHead(String member) {
        return member.equals("apiVersion") || member.equals("kind") || member.equals("metadata");
    }
}
