package io.edgemc.placement.resolve;

import io.edgemc.api.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON in tests, with single quotes for readability. */
public final class Json {
    private Json() {}

    public static ObjectNode object(String text) {
        return CanonicalJson.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    public static String text(JsonNode node) {
        return new String(CanonicalJson.bytes(node), StandardCharsets.UTF_8);
    }
}
