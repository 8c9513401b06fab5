package io.edgemc.kube.conformance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that a manager wants of an object.
 *
 * @param path such as {@code spec.ports[port=80,protocol=TCP].name}; a last {@code [=x]} is the value {@code x} in a set
 * @param value what is there; an object is laid over the item of a list
 */
record Setting(String path, JsonNode value) {
    private static final Pattern STEP = Pattern.compile("([^.\\[]+)|\\[([^\\]]*)]");

    /** Puts the value in place, and all that leads to it. Members in the way that are no objects or lists are replaced. */
    void into(ObjectNode object) {
        JsonNode at = object;
        Matcher steps = STEP.matcher(path);
        String name = null;
        while (steps.find()) {
            if (steps.group(1) != null) {
                if (name != null) {
                    at = inner((ObjectNode) at, name, false);
                }
                name = steps.group(1);
            } else {
                ArrayNode list = (ArrayNode) inner((ObjectNode) at, name, true);
                name = null;
                if (steps.group(2).startsWith("=")) {
                    add(list, scalar(steps.group(2).substring(1)));
                    return;
                }
                at = item(list, steps.group(2));
            }
        }
        if (name != null) {
            ((ObjectNode) at).set(name, value.deepCopy());
        } else if (value instanceof ObjectNode members) {
            ((ObjectNode) at).setAll(members.deepCopy());
        }
    }

    private static JsonNode inner(ObjectNode at, String name, boolean list) {
        JsonNode there = at.path(name);
        if (list) {
            return there.isArray() ? there : at.putArray(name);
        }
        return there.isObject() ? there : at.putObject(name);
    }

    private static ObjectNode item(ArrayNode list, String keys) {
        ObjectNode wanted = list.objectNode();
        for (String key : keys.split(",")) {
            wanted.set(key.substring(0, key.indexOf('=')), scalar(key.substring(key.indexOf('=') + 1)));
        }
        for (JsonNode there : list) {
            if (there instanceof ObjectNode item
                    && wanted.properties().stream()
                            .allMatch(key -> key.getValue().equals(item.get(key.getKey())))) {
                return item;
            }
        }
        list.add(wanted);
        return wanted;
    }

    private static void add(ArrayNode list, JsonNode value) {
        for (JsonNode there : list) {
            if (there.equals(value)) {
                return;
            }
        }
        list.add(value);
    }

    private static JsonNode scalar(String text) {
        return text.matches("\\d{1,9}")
                ? JsonMapper.shared().getNodeFactory().numberNode(Integer.parseInt(text))
                : JsonMapper.shared().getNodeFactory().stringNode(text);
    }
}
