package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.patch.Patch;
import io.edgemc.kube.schema.Decoding;
import io.edgemc.kube.schema.FieldProblem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How an API server refuses what a strategic merge patch made of an object: by the patch, which is the client's own. */
final class StrategicTypes {
    private static final int MOST_SHOWN = 1_000;

    private StrategicTypes() {}

    /** Throws 422 for the first value of a type that its field cannot hold. */
    static void check(ObjectNode patched, JsonNode patch, Target target) {
        Decoding decoding = Decoding.of(patched.deepCopy(), target.served().schema());
        if (decoding.wrong().isEmpty()) {
            return;
        }
        Decoding.WrongType wrong = decoding.wrong().getFirst();
        String why = switch (wrong.expected()) {
            case "map" -> "cannot restore map from " + kind(wrong.found());
            case "array" -> "cannot restore slice from " + kind(wrong.found());
            case "object" -> "cannot restore struct from: " + kind(wrong.found());
            default -> "unrecognized type: " + wrong.expected();
        };
        throw ApiError.invalidPatch(FieldProblem.invalid("patch", "\"" + brief(patch) + "\"", why));
    }

    private static String brief(JsonNode patch) {
        String shown = Patch.shown(patch);
        return shown.length() > MOST_SHOWN ? shown.substring(0, MOST_SHOWN) + " ..." : shown;
    }

    private static String kind(String found) {
        return switch (found) {
            case "array" -> "slice";
            case "object" -> "map";
            case "number" -> "int64";
            default -> found;
        };
    }
}
