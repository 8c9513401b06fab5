package io.edgemc.syncer.kube;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the type and the key of a watch event without building a tree: on a busy resource nearly all events are of objects that
 * are not ours, and their keys stand near the beginning.
 *
 * @param type {@code ADDED}, {@code BOOKMARK}, …
 * @param namespace {@code ""} if cluster-scoped
 * @param name {@code ""} if there is none
 */
record KeyPeek(String type, String namespace, String name) {
    static KeyPeek of(JsonMapper mapper, byte[] event) {
        String type = "";
        String[] key = {"", ""};
        try (JsonParser parser = mapper.createParser(event)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("type") && value == JsonToken.VALUE_STRING) {
                    type = parser.getString();
                } else if (field.equals("object") && value == JsonToken.START_OBJECT) {
                    object(parser, key);
                    if (!type.isEmpty()) {
                        break;
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new KeyPeek(type, key[0], key[1]);
    }

    private static void object(JsonParser parser, String[] key) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
                metadata(parser, key);
                // The type stands before the object in every known server's events; without it we read on.
                skipRest(parser);
                return;
            }
            parser.skipChildren();
        }
    }

    private static void metadata(JsonParser parser, String[] key) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("namespace") && value == JsonToken.VALUE_STRING) {
                key[0] = parser.getString();
            } else if (field.equals("name") && value == JsonToken.VALUE_STRING) {
                key[1] = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void skipRest(JsonParser parser) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            parser.nextToken();
            parser.skipChildren();
        }
    }
}
