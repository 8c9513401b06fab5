package io.edgemc.kube.patch;

import io.edgemc.kube.api.ApiError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** RFC 6902. Works on the tree in place; what copies produce is bounded. */
final class JsonPatch {
    private static final int MOST_OPERATIONS = 10_000;
    private static final int MOST_COPIED_BYTES = 3 << 20;

    private static final ObjectNode NO_DETAILS = JsonNodeFactory.instance.objectNode();

    private JsonNode root;
    private long copied;

    private JsonPatch(JsonNode root) {
        this.root = root;
    }

    static JsonNode apply(JsonNode object, JsonNode patch) {
        if (!(patch instanceof ArrayNode operations)) {
            throw ApiError.badRequest("error decoding patch: json: cannot unmarshal " + Patch.goType(patch)
                    + " into Go value of type []handlers.jsonPatchOp");
        }
        if (operations.size() > MOST_OPERATIONS) {
            throw new ApiError(
                    413,
                    "RequestEntityTooLarge",
                    "The allowed maximum operations in a JSON patch is " + MOST_OPERATIONS + ", got "
                            + operations.size(),
                    null);
        }
        JsonPatch run = new JsonPatch(object);
        operations.forEach(run::operation);
        return run.root;
    }

    private void operation(JsonNode operation) {
        List<String> path = pointer(operation, "path");
        switch (operation.path("op").asString("")) {
            case "add" -> add(path, value(operation));
            case "remove" -> take(path);
            case "replace" -> replace(path, value(operation));
            case "move" -> add(path, take(pointer(operation, "from")));
            case "copy" -> {
                JsonNode source = get(pointer(operation, "from"));
                copied += source.toString().length();
                if (copied > MOST_COPIED_BYTES) {
                    throw ApiError.tooLarge(MOST_COPIED_BYTES);
                }
                add(path, source.deepCopy());
            }
            case "test" -> {
                JsonNode there = find(path);
                if (there == null || !there.equals(value(operation))) {
                    throw refused();
                }
            }
            default -> throw refused();
        }
    }

    private static JsonNode value(JsonNode operation) {
        JsonNode value = operation.get("value");
        if (value == null) {
            throw ApiError.badRequest("an operation of a JSON patch lacks its value");
        }
        return value.deepCopy();
    }

    private static List<String> pointer(JsonNode operation, String member) {
        JsonNode text = operation.path(member);
        if (!text.isString() || !text.asString().isEmpty() && !text.asString().startsWith("/")) {
            throw ApiError.badRequest("an operation of a JSON patch lacks a valid " + member);
        }
        List<String> parts = new ArrayList<>();
        if (!text.asString().isEmpty()) {
            for (String part : text.asString().substring(1).split("/", -1)) {
                parts.add(part.replace("~1", "/").replace("~0", "~"));
            }
        }
        return parts;
    }

    private JsonNode get(List<String> path) {
        JsonNode there = find(path);
        if (there == null) {
            throw refused();
        }
        return there;
    }

    private @Nullable JsonNode find(List<String> path) {
        JsonNode node = root;
        for (String part : path) {
            node = node instanceof ArrayNode array ? array.get(index(part, array.size() - 1)) : node.get(part);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private void add(List<String> path, JsonNode value) {
        if (path.isEmpty()) {
            root = value;
            return;
        }
        String last = path.getLast();
        switch (get(path.subList(0, path.size() - 1))) {
            case ObjectNode object -> object.set(last, value);
            case ArrayNode array -> array.insert(last.equals("-") ? array.size() : index(last, array.size()), value);
            default -> throw refused();
        }
    }

    /** A member that is absent is set: so do API servers, and clients take it for granted. */
    private void replace(List<String> path, JsonNode value) {
        if (path.isEmpty()) {
            add(path, value);
            return;
        }
        boolean item = get(path.subList(0, path.size() - 1)).isArray();
        if (item) {
            take(path);
        }
        add(path, value);
    }

    private JsonNode take(List<String> path) {
        if (path.isEmpty()) {
            throw refused();
        }
        JsonNode there = get(path);
        String last = path.getLast();
        switch (get(path.subList(0, path.size() - 1))) {
            case ObjectNode object -> object.remove(last);
            case ArrayNode array -> array.remove(index(last, array.size() - 1));
            default -> throw refused();
        }
        return there;
    }

    private static int index(String text, int highest) {
        try {
            int index = Integer.parseInt(text);
            if (index >= 0 && index <= highest) {
                return index;
            }
        } catch (NumberFormatException e) {
            // answered below
        }
        throw refused();
    }

    /** An API server says no more of it, and clients match its words. */
    private static ApiError refused() {
        return new ApiError(
                422,
                "Invalid",
                "the server rejected our request due to an error in our request",
                NO_DETAILS.deepCopy());
    }
}
