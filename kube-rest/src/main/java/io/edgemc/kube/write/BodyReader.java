package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.Target;
import java.io.IOException;
import java.io.InputStream;
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
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads request bodies: bounded in bytes (also after decompression) and depth, duplicate keys refused. */
public final class BodyReader {
    /** What Kubernetes takes at most, in bytes. */
    public static final int DEFAULT_LIMIT = 3 << 20;

    private static final int MOST_DEPTH = 128;
    private static final String ACCEPTED = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    /** A number that no double holds is none for Kubernetes, either. */
    private static final class FiniteNumbers extends JsonNodeFactory {
        private static final long serialVersionUID = 1;

        @Override
        public NumericNode numberNode(double value) {
            if (!Double.isFinite(value)) {
                throw ApiError.badRequest("the body cannot be parsed: a number is too large");
            }
            return super.numberNode(value);
        }
    }

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
                .nodeFactory(new FiniteNumbers())
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
            // Cut off, wrongly framed, or the client went away.
            throw ApiError.badRequest("the body cannot be read to its end");
        }
    }

    /** The body as an object, from JSON, YAML or protobuf as its media type says. */
    public ObjectNode object(KubeRequest request, Target target) {
        JsonNode node = parsed(request.mediaType(), bytes(request), target);
        if (!(node instanceof ObjectNode object)) {
            throw ApiError.badRequest("the body is not an object");
        }
        return object;
    }

    /** JSON, YAML or protobuf as the media type says; JSON if it says nothing. Throws 400 and 415. */
    JsonNode parsed(@Nullable String media, byte[] body, Target target) {
        return switch (media == null ? "application/json" : media) {
            case "application/json" -> json(body);
            case "application/yaml", "application/apply-patch+yaml" -> yaml(body);
            case ProtobufReader.MEDIA_TYPE ->
                ProtobufReader.read(body, target.served().openApiName());
            default -> throw ApiError.unsupportedMediaType(ACCEPTED);
        };
    }

    /** Parses JSON. Throws 400. */
    public JsonNode json(byte[] body) {
        if (isWide(body)) {
            throw ApiError.badRequest("the body cannot be parsed: it is not UTF-8");
        }
        try {
            JsonNode node = json.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw ApiError.badRequest("the body is empty");
            }
            return node;
        } catch (JacksonException e) {
            throw ApiError.badRequest("the body cannot be parsed: " + e.getOriginalMessage());
        }
    }

    /** Whether it is written with two or four bytes per character, as its begin tells: JSON is UTF-8 here. */
    private static boolean isWide(byte[] body) {
        boolean marked = body.length >= 2 && (body[0] & 0xff) >= 0xfe && (body[1] & 0xff) >= 0xfe;
        boolean wide = false;
        for (int i = 0; i < Math.min(body.length, 4); i++) {
            wide |= body[i] == 0;
        }
        return marked || wide;
    }

    private JsonNode yaml(byte[] body) {
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
