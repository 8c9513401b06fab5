package io.edgemc.placement.resolve.customize;

import io.edgemc.api.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Parses JSON text that a user wrote. */
final class JsonTexts {
    private JsonTexts() {}

    static JsonNode parse(String text, String field, String what) throws RenderException {
        try {
            JsonNode value = CanonicalJson.parse(text.getBytes(StandardCharsets.UTF_8));
            if (value.isMissingNode()) {
                throw new RenderException(field, what + " is empty, not JSON text");
            }
            return value;
        } catch (IllegalArgumentException e) {
            // The parser's message may quote the text, which may hold a parameter.
            throw new RenderException(field, what + " is not JSON text");
        }
    }
}
