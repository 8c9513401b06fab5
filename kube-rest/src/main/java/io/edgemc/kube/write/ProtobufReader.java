package io.edgemc.kube.write;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.facts.ProtobufFacts;
import io.edgemc.kube.facts.ProtobufFacts.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Built-in kinds in Kubernetes' protobuf, as typed clients ({@code kubectl create configmap}, {@code auth can-i}, client-go)
 * send them: read by the types' field numbers into the same tree that JSON gives.
 */
final class ProtobufReader {
    static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    static final String NO_PROTOBUF =
            "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]";

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final String DELETE_OPTIONS = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_DEPTH = 64;

    private ProtobufReader() {}

    static boolean begins(byte[] body) {
        return body.length >= MAGIC.length && Arrays.equals(MAGIC, 0, MAGIC.length, body, 0, MAGIC.length);
    }

    /** {@code type}: OpenAPI name of the type that is expected. Throws 400, and 415 for types without numbers. */
    static ObjectNode read(byte[] body, String type) {
        if (!begins(body)) {
            throw ApiError.badRequest(NO_PROTOBUF);
        }
        try {
            CodedInputStream in = CodedInputStream.newInstance(body, MAGIC.length, body.length - MAGIC.length);
            String apiVersion = "";
            String kind = "";
            byte[] raw = new byte[0];
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case 1 -> {
                        String[] typeMeta = typeMeta(in.readByteArray());
                        apiVersion = typeMeta[0];
                        kind = typeMeta[1];
                    }
                    case 2 -> raw = in.readByteArray();
                    default -> in.skipField(tag);
                }
            }
            ObjectNode object = message(raw, kind.equals("DeleteOptions") ? DELETE_OPTIONS : type, MOST_DEPTH);
            return object.put("apiVersion", apiVersion).put("kind", kind);
        } catch (IOException e) {
            throw ApiError.badRequest("the body is not Kubernetes protobuf: " + e.getMessage());
        }
    }

    private static String[] typeMeta(byte[] bytes) throws IOException {
        String[] parts = {"", ""};
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            if (number == 1 || number == 2) {
                parts[number - 1] = in.readStringRequireUtf8();
            } else {
                in.skipField(tag);
            }
        }
        return parts;
    }

    private static ObjectNode message(byte[] bytes, String type, int depth) throws IOException {
        Map<Integer, Field> fields = ProtobufFacts.fields(type);
        if (fields == null) {
            throw ApiError.unsupportedMediaType("application/json, application/yaml");
        }
        if (depth == 0) {
            throw ApiError.badRequest("the body is nested too deeply");
        }
        ObjectNode object = JSON.objectNode();
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            Field field = fields.get(WireFormat.getTagFieldNumber(tag));
            if (field == null) {
                in.skipField(tag);
            } else if (field.map()) {
                entry(in.readByteArray(), field, object, depth);
            } else if (field.list()) {
                ArrayNode list =
                        object.path(field.name()) instanceof ArrayNode there ? there : object.putArray(field.name());
                list.add(value(in, field, depth));
            } else if (field.name().isEmpty()) {
                object.setAll(message(in.readByteArray(), field.type(), depth - 1));
            } else {
                JsonNode value = value(in, field, depth);
                // Go writes every member that is no pointer; as JSON it leaves out what is empty.
                if (!value.isNull() && (field.pointer() || !isZero(value))) {
                    object.set(field.name(), value);
                }
            }
        }
        return object;
    }

    private static void entry(byte[] bytes, Field field, ObjectNode object, int depth) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        String key = "";
        JsonNode value = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> key = in.readStringRequireUtf8();
                case 2 -> value = value(in, field, depth);
                default -> in.skipField(tag);
            }
        }
        ObjectNode map = object.path(field.name()) instanceof ObjectNode there ? there : object.putObject(field.name());
        map.set(key, value == null ? JSON.stringNode("") : value);
    }

    private static JsonNode value(CodedInputStream in, Field field, int depth) throws IOException {
        return switch (field.kind()) {
            case 's' -> JSON.stringNode(in.readStringRequireUtf8());
            case 'i' -> number(in.readInt64());
            case 'b' -> JSON.booleanNode(in.readBool());
            case 'd' -> JSON.numberNode(in.readDouble());
            case 'y' -> JSON.stringNode(Base64.getEncoder().encodeToString(in.readByteArray()));
            case 'w' -> strings(in.readByteArray());
            default -> typed(in.readByteArray(), field.type(), depth);
        };
    }

    /** As a parser of JSON would make it: an int if it fits. */
    private static JsonNode number(long number) {
        return number == (int) number ? JSON.numberNode((int) number) : JSON.numberNode(number);
    }

    private static JsonNode typed(byte[] bytes, String type, int depth) throws IOException {
        return switch (type.substring(type.lastIndexOf('.') + 1)) {
            case "Time", "MicroTime" -> time(bytes);
            case "Quantity" -> JSON.stringNode(text(bytes, 1));
            case "IntOrString" -> intOrString(bytes);
            case "FieldsV1", "RawExtension" -> json(bytes);
            default -> message(bytes, type, depth - 1);
        };
    }

    private static JsonNode time(byte[] bytes) throws IOException {
        long seconds = 0;
        int nanos = 0;
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> seconds = in.readInt64();
                case 2 -> nanos = in.readInt32();
                default -> in.skipField(tag);
            }
        }
        try {
            return bytes.length == 0
                    ? JSON.nullNode()
                    : JSON.stringNode(Instant.ofEpochSecond(seconds, nanos).toString());
        } catch (DateTimeException e) {
            throw ApiError.badRequest("the body holds a time that is none");
        }
    }

    private static JsonNode intOrString(byte[] bytes) throws IOException {
        long type = 0;
        long number = 0;
        String text = "";
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> type = in.readInt64();
                case 2 -> number = in.readInt64();
                case 3 -> text = in.readStringRequireUtf8();
                default -> in.skipField(tag);
            }
        }
        return type == 0 ? number(number) : JSON.stringNode(text);
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        String raw = text(bytes, 1);
        try {
            return raw.isEmpty() ? JSON.nullNode() : JsonMapper.shared().readTree(raw);
        } catch (JacksonException e) {
            throw ApiError.badRequest("the body holds embedded JSON that cannot be parsed");
        }
    }

    private static String text(byte[] bytes, int number) throws IOException {
        String text = "";
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == number) {
                text = new String(in.readByteArray(), StandardCharsets.UTF_8);
            } else {
                in.skipField(tag);
            }
        }
        return text;
    }

    private static JsonNode strings(byte[] bytes) throws IOException {
        ArrayNode list = JSON.arrayNode();
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                list.add(in.readStringRequireUtf8());
            } else {
                in.skipField(tag);
            }
        }
        return list;
    }

    private static boolean isZero(@Nullable JsonNode value) {
        return value == null
                || value.isContainer() && value.isEmpty()
                || value.isString() && value.asString().isEmpty()
                || value.isNumber() && value.asDouble() == 0
                || value.isBoolean() && !value.asBoolean();
    }
}
