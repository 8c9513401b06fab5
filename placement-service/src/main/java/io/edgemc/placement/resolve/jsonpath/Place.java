package io.edgemc.placement.resolve.jsonpath;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A place in a JSON tree that holds, or could hold, a value. */
sealed interface Place {
    JsonNode value();

    void set(JsonNode value);

    boolean exists();

    record Member(ObjectNode object, String name) implements Place {
        @Override
        public JsonNode value() {
            return object.path(name);
        }

        @Override
        public void set(JsonNode value) {
            object.set(name, value);
        }

        @Override
        public boolean exists() {
            return object.has(name);
        }
    }

    record Item(ArrayNode array, int index) implements Place {
        @Override
        public JsonNode value() {
            return array.path(index);
        }

        @Override
        public void set(JsonNode value) {
            array.set(index, value);
        }

        @Override
        public boolean exists() {
            return true;
        }
    }
}
