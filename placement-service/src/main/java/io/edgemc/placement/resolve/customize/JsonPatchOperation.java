package io.edgemc.placement.resolve.customize;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One operation of a JSON Patch (RFC 6902). */
final class JsonPatchOperation {
    static final Set<String> OPERATIONS = Set.of("add", "remove", "replace", "move", "copy", "test");

    private JsonPatchOperation() {}

    static void apply(ObjectNode root, JsonNode operation, String field) throws RenderException {
        String path = operation.path("path").asString("");
        JsonNode value = operation.path("value");
        switch (operation.path("op").asString("")) {
            case "add" -> add(root, path, value.deepCopy(), field);
            case "remove" -> remove(root, path, field);
            case "replace" -> {
                remove(root, path, field);
                add(root, path, value.deepCopy(), field);
            }
            case "move" -> {
                JsonNode moved = remove(root, operation.path("from").asString(""), field);
                add(root, path, moved, field);
            }
            case "copy" ->
                add(
                        root,
                        path,
                        get(root, operation.path("from").asString(""), field).deepCopy(),
                        field);
            case "test" -> {
                if (!get(root, path, field).equals(value)) {
                    throw new RenderException(field, "the test of " + path + " does not hold");
                }
            }
            default -> throw new RenderException(field + ".op", "not an operation of JSON Patch");
        }
    }

    private static JsonNode get(ObjectNode root, String path, String field) throws RenderException {
        JsonNode node = path.isEmpty() ? root : parent(root, path, field).path(lastOf(path));
        if (node.isMissingNode() && !path.isEmpty()) {
            JsonNode parent = parent(root, path, field);
            node = parent.isArray() ? parent.path(index(path, ((ArrayNode) parent).size() - 1, field)) : node;
        }
        if (node.isMissingNode()) {
            throw nowhere(path, field);
        }
        return node;
    }

    private static void add(ObjectNode root, String path, JsonNode value, String field) throws RenderException {
        JsonNode parent = parent(root, path, field);
        if (parent instanceof ObjectNode object) {
            object.set(lastOf(path), value);
        } else if (parent instanceof ArrayNode array) {
            array.insert(lastOf(path).equals("-") ? array.size() : index(path, array.size(), field), value);
        } else {
            throw nowhere(path, field);
        }
    }

    private static JsonNode remove(ObjectNode root, String path, String field) throws RenderException {
        JsonNode parent = parent(root, path, field);
        JsonNode removed = null;
        if (parent instanceof ObjectNode object) {
            removed = object.remove(lastOf(path));
        } else if (parent instanceof ArrayNode array) {
            removed = array.remove(index(path, array.size() - 1, field));
        }
        if (removed == null) {
            throw nowhere(path, field);
        }
        return removed;
    }

    private static JsonNode parent(ObjectNode root, String path, String field) throws RenderException {
        if (!path.startsWith("/")) {
            throw new RenderException(field, "a path of JSON Patch starts with \"/\"");
        }
        JsonNode node = root;
        List<String> tokens = List.of(path.substring(1).split("/", -1));
        for (String token : tokens.subList(0, tokens.size() - 1)) {
            node = node.isArray() ? node.path(number(token, node.size() - 1, path, field)) : node.path(unescape(token));
            if (!node.isContainer()) {
                throw nowhere(path, field);
            }
        }
        return node;
    }

    private static int index(String path, int greatest, String field) throws RenderException {
        return number(lastOf(path), greatest, path, field);
    }

    private static int number(String token, int greatest, String path, String field) throws RenderException {
        if (!token.matches("0|[1-9][0-9]{0,8}") || Integer.parseInt(token) > greatest) {
            throw nowhere(path, field);
        }
        return Integer.parseInt(token);
    }

    private static String lastOf(String path) {
        return unescape(path.substring(path.lastIndexOf('/') + 1));
    }

    private static String unescape(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }

    private static RenderException nowhere(String path, String field) {
        return new RenderException(field, "the path " + path + " ends nowhere");
    }
}
