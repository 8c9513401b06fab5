package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ServedKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads request bodies: bounded in bytes (also after decompression) and depth. Of keys that come again, the last counts. */
public final class BodyReader {
    /** What Kubernetes takes at most, in bytes. */
    public static final int DEFAULT_LIMIT = 3 << 20;

    private static final int MOST_DEPTH = 128;
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
        this.json = JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(constraints).build())
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
        return object(sent(request, target));
    }

    static ObjectNode object(SentBody sent) {
        if (sent.node() instanceof ObjectNode object) {
            return object;
        }
        throw ApiError.badRequest("the body is not an object");
    }

    /** The same, with what is wrong with it in a strict reader's eyes. */
    SentBody sent(KubeRequest request, Target target) {
        return sent(request.mediaType(), bytes(request), target);
    }

    JsonNode parsed(@Nullable String media, byte[] body, Target target) {
        return sent(media, body, target).node();
    }

    /** JSON, YAML or protobuf as the media type says; JSON if it says nothing. Throws 400 and 415. */
    private SentBody sent(@Nullable String media, byte[] body, Target target) {
        boolean merges = target.kind().origin() == ServedKind.Origin.BUILT_IN;
        return switch (media == null ? "application/json" : media) {
            case "application/json" -> json(body, merges);
            case "application/yaml", "application/apply-patch+yaml" -> yaml(body, merges);
            case ProtobufReader.MEDIA_TYPE ->
                new SentBody(ProtobufReader.read(body, target.served().openApiName()));
            default -> throw ApiError.unsupportedMediaType(ACCEPTED);
        };
    }

    /** Parses JSON. Throws 400. */
    public JsonNode json(byte[] body) {
        return json(body, false).node();
    }

    private SentBody json(byte[] body, boolean merges) {
        try (JsonParser parser = json.createParser(body)) {
            JsonTree tree = new JsonTree(parser, merges);
            JsonNode node = tree.read();
            List<String> problems = tree.duplicates().stream()
                    .map(path -> "duplicate field \"" + path + "\"")
                    .toList();
            return new SentBody(node, problems, "");
        } catch (JacksonException e) {
            throw ApiError.badRequest("the body cannot be parsed: " + e.getOriginalMessage());
        }
    }

    private SentBody yaml(byte[] body, boolean merges) {
        for (byte b : body) {
            if (b == '{') {
                return json(body, merges); // what kubectl sends as apply-patch+yaml
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
