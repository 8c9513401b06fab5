package io.edgemc.kube.patch;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.kind.ServedKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A patch that a client sent, of one of the three kinds that describe changes. */
public sealed interface Patch {
    /** RFC 6902. */
    record Json(JsonNode operations) implements Patch {}

    /** RFC 7386. */
    record Merge(JsonNode changes) implements Patch {}

    /** Kubernetes' own. */
    record Strategic(JsonNode changes) implements Patch {}

    /** Which of them. */
    enum Kind {
        JSON,
        MERGE,
        STRATEGIC;

        /** Throws 415 for what is none, or none for objects of this kind. */
        public static Kind of(String mediaType, Target target) {
            return Patch.kind(mediaType, target);
        }

        public Patch patch(JsonNode body) {
            return switch (this) {
                case JSON -> new Json(body);
                case MERGE -> new Merge(body);
                case STRATEGIC -> new Strategic(body);
            };
        }

        /** How a refusal of a body that is no JSON begins. */
        public String refusal() {
            return this == STRATEGIC ? "" : "error decoding patch: ";
        }
    }

    private static Kind kind(String mediaType, Target target) {
        return switch (mediaType) {
            case "application/json-patch+json" -> Kind.JSON;
            case "application/merge-patch+json" -> Kind.MERGE;
            case "application/strategic-merge-patch+json" -> {
                if (target.kind().origin() != ServedKind.Origin.BUILT_IN) {
                    throw ApiError.unsupportedMediaType(
                            "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
                }
                yield Kind.STRATEGIC;
            }
            default -> throw ApiError.unknownPatch();
        };
    }

    /** The object after the patch; {@code before} stays as it is. Throws 400, 413 and 422. */
    default ObjectNode apply(ObjectNode before, Target target) {
        JsonNode after = switch (this) {
            case Json json -> JsonPatch.apply(before.deepCopy(), json.operations());
            case Merge merge -> {
                if (!merge.changes().isObject()) {
                    throw ApiError.badRequest("error decoding patch: json: cannot unmarshal " + goType(merge.changes())
                            + " into Go value of type map[string]interface {}");
                }
                yield MergePatch.apply(before.deepCopy(), merge.changes());
            }
            case Strategic strategic -> {
                if (!(strategic.changes() instanceof ObjectNode changes)) {
                    throw ApiError.badRequest("a strategic merge patch is an object");
                }
                yield StrategicMergePatch.apply(before, changes, target.served().schema());
            }
        };
        if (after instanceof ObjectNode object && object.path("metadata").isObject()) {
            return object;
        }
        throw ApiError.badRequest("the patch leaves no object with metadata");
    }

    /** As Go prints a value, such as {@code map[a:1]}. */
    static String shown(JsonNode value) {
        return StrategicMergePatch.shown(value);
    }

    /** What Go calls a JSON value's type in its messages. */
    static String goType(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "bool";
            default -> "null";
        };
    }
}
