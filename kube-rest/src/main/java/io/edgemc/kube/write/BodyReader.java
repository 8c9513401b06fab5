package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.JsonSyntax;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.patch.Patch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads request bodies: bounded in bytes (also after decompression) and depth, duplicate keys refused. */
public final class BodyReader {
    /** What Kubernetes takes at most, in bytes. */
    public static final int DEFAULT_LIMIT = 3 << 20;

    private static final int MOST_DEPTH = 128;
    private static final int EXCERPT = 30;
    private static final String NO_OBJECT = " into Go value of type struct { APIVersion string"
            + " \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }";
    private static final String ACCEPTED = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    private final int limit;
    private final JsonMapper json;

    public BodyReader(int limit) {
        this.limit = limit;
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MOST_DEPTH)
                .maxStringLength(limit)
                .maxNumberLength(100)
                .maxNameLength(10_000)
                .build();
        this.json = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(constraints)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** The body's bytes. Throws 413 beyond the limit. */
    public byte[] bytes(KubeRequest request) {
        String encoding = request.header("content-encoding");
        boolean zipped = encoding.equalsIgnoreCase("gzip");
        if (!encoding.isEmpty() && !zipped && !encoding.equalsIgnoreCase("identity")) {
            throw ApiError.unsupportedMediaType("gzip, identity");
        }
        try (InputStream in = zipped
                ? new GZIPInputStream(request.body().open())
                : request.body().open()) {
            byte[] read = in.readNBytes(limit + 1);
            if (read.length > limit) {
                throw ApiError.tooLarge(limit);
            }
            return read;
        } catch (ZipException e) {
            throw ApiError.badRequest("the body is not gzip as its Content-Encoding says");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body as an object, from JSON, YAML or protobuf as its media type says. */
    public ObjectNode object(KubeRequest request, Target target) {
        byte[] body = bytes(request);
        try {
            JsonNode node = parsed(request.mediaType(), body, target);
            return switch (node) {
                case ObjectNode object -> object;
                // Go reads null as an object of which nothing is said.
                case NullNode nothing -> JsonNodeFactory.instance.objectNode();
                default -> throw new MalformedBody("json: cannot unmarshal " + Patch.goType(node) + NO_OBJECT);
            };
        } catch (MalformedBody e) {
            throw ApiError.badRequest("the object provided is unrecognized (must be of type "
                    + target.kind().kind() + "): couldn't get version/kind; json parse error: " + e.getMessage() + " ("
                    + excerpt(body) + ")");
        }
    }

    /** Of a body that is wrong, as an API server shows it to who sent it. */
    private static String excerpt(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        byte[] head = Arrays.copyOf(body, Math.min(body.length, EXCERPT));
        String shown = body[0] == '{'
                ? new String(head, StandardCharsets.UTF_8)
                : HexFormat.of().formatHex(head);
        return body.length > EXCERPT ? shown + " ..." : shown;
    }

    /** JSON, YAML or protobuf as the media type says; JSON if it says nothing. Throws 400 and 415. */
    JsonNode parsed(@Nullable String media, byte[] body, Target target) throws MalformedBody {
        return switch (media == null ? "application/json" : media) {
            case "application/json" -> json(body);
            case "application/yaml", "application/apply-patch+yaml" -> yaml(body);
            case ProtobufReader.MEDIA_TYPE ->
                ProtobufReader.read(body, target.served().openApiName());
            default -> throw ApiError.unsupportedMediaType(ACCEPTED);
        };
    }

    /** A body that is no JSON; the message says where it stops being one. */
    static final class MalformedBody extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedBody(String message) {
            super(message, null, false, false);
        }
    }

    /** Parses JSON. Throws 400 for what is JSON and cannot be used: too deep, numbers too long, names twice. */
    JsonNode json(byte[] body) throws MalformedBody {
        try {
            JsonNode node = json.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw new MalformedBody(JsonSyntax.problem(body));
            }
            return node;
        } catch (JacksonException e) {
            String problem = JsonSyntax.problem(body);
            if (problem.isEmpty()) {
                throw ApiError.badRequest("the body cannot be parsed: " + e.getOriginalMessage());
            }
            throw new MalformedBody(problem);
        }
    }

    /** A patch's body; refusals begin with {@code prefix}. Throws 400. */
    JsonNode patch(byte[] body, String prefix) {
        try {
            return json(body);
        } catch (MalformedBody e) {
            throw ApiError.badRequest(prefix + e.getMessage());
        }
    }

    private JsonNode yaml(byte[] body) throws MalformedBody {
        for (byte b : body) {
            if (b == '{') {
                return json(body); // what kubectl sends as apply-patch+yaml
            }
            if (b != ' ' && b != '\n' && b != '\t' && b != '\r') {
                break;
            }
        }
        return YamlReader.read(body, MOST_DEPTH);
    }

    /** How large a body may be, in bytes. */
    public int limit() {
        return limit;
    }
}
