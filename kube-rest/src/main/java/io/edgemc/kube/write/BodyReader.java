package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.JsonSyntax;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.patch.Patch;
import io.edgemc.kube.schema.Surrogates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
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
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads request bodies: bounded in bytes (also after decompression) and depth. Of keys that come again, the last counts. */
public final class BodyReader {
    /** What Kubernetes takes at most, in bytes. */
    public static final int DEFAULT_LIMIT = 3 << 20;

    private static final int MOST_DEPTH = 128;
    private static final int EXCERPT = 30;
    private static final String JSON_ERROR = "couldn't get version/kind; json parse error: ";
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
            // Cut off, wrongly framed, or the client went away.
            throw ApiError.badRequest("the body cannot be read to its end");
        }
    }

    /** The body as an object, from JSON, YAML or protobuf as its media type says. */
    public ObjectNode object(KubeRequest request, Target target) {
        return object(sent(request, target), target);
    }

    static ObjectNode object(SentBody sent, Target target) {
        return switch (sent.node()) {
            case ObjectNode object -> object;
            // Go reads null as an object of which nothing is said.
            case NullNode nothing -> JsonNodeFactory.instance.objectNode();
            default ->
                throw unrecognized(
                        target,
                        JSON_ERROR + "json: cannot unmarshal " + Patch.goType(sent.node()) + NO_OBJECT,
                        sent.node().toString().getBytes(StandardCharsets.UTF_8));
        };
    }

    private static ApiError unrecognized(Target target, String why, byte[] body) {
        return ApiError.badRequest("the object provided is unrecognized (must be of type "
                + target.kind().kind() + "): " + why + " (" + excerpt(body)
                + ")");
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

    /** The same, with what is wrong with it in a strict reader's eyes. */
    SentBody sent(KubeRequest request, Target target) {
        byte[] body = bytes(request);
        try {
            return sent(request.mediaType(), body, target);
        } catch (MalformedBody e) {
            throw unrecognized(target, e.inFull(), body);
        }
    }

    JsonNode parsed(@Nullable String media, byte[] body, Target target) throws MalformedBody {
        return sent(media, body, target).node();
    }

    /** JSON, YAML or protobuf as the media type says; JSON if it says nothing. Throws 400 and 415. */
    private SentBody sent(@Nullable String media, byte[] body, Target target) throws MalformedBody {
        boolean merges = target.kind().origin() == ServedKind.Origin.BUILT_IN;
        return switch (media == null ? "application/json" : media) {
            case "application/json" -> json(body, merges);
            case "application/yaml", "application/apply-patch+yaml" -> yaml(body, merges);
            case ProtobufReader.MEDIA_TYPE -> {
                if (!ProtobufReader.begins(body)) {
                    throw new MalformedBody(ProtobufReader.NO_PROTOBUF, "");
                }
                yield new SentBody(ProtobufReader.read(body, target.served().openApiName()));
            }
            default -> throw ApiError.unsupportedMediaType(ACCEPTED);
        };
    }

    /** A body that is no JSON; the message says where it stops being one. */
    static final class MalformedBody extends Exception {
        private static final long serialVersionUID = 1L;

        private final String beginning;

        /** {@code beginning}: what comes before the message where an object was expected. */
        MalformedBody(String message, String beginning) {
            super(message, null, false, false);
            this.beginning = beginning;
        }

        MalformedBody(String message) {
            this(message, JSON_ERROR);
        }

        String inFull() {
            return beginning + getMessage();
        }
    }

    /** A patch's body; refusals begin with {@code prefix}. Throws 400. */
    SentBody patch(byte[] body, String prefix) {
        try {
            return json(body, false);
        } catch (MalformedBody e) {
            throw ApiError.badRequest(prefix + e.getMessage());
        }
    }

    private SentBody json(byte[] body, boolean merges) throws MalformedBody {
        if (isWide(body)) {
            throw ApiError.badRequest("the body cannot be parsed: it is not UTF-8");
        }
        String problem = body.length == 0 ? JsonSyntax.problem(body) : "";
        if (!problem.isEmpty()) {
            throw new MalformedBody(problem);
        }
        try (JsonParser parser = json.createParser(Surrogates.repaired(body))) {
            JsonTree tree = new JsonTree(parser, merges);
            JsonNode node = tree.read();
            List<String> problems = tree.duplicates().stream()
                    .map(path -> "duplicate field \"" + path + "\"")
                    .toList();
            return new SentBody(node, problems, "");
        } catch (JacksonException | ApiError e) {
            String syntax = JsonSyntax.problem(body);
            if (!syntax.isEmpty()) {
                throw new MalformedBody(syntax);
            }
            throw e instanceof JacksonException unusable
                    ? ApiError.badRequest("the body cannot be parsed: " + unusable.getOriginalMessage())
                    : e;
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

    private SentBody yaml(byte[] body, boolean merges) throws MalformedBody {
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
