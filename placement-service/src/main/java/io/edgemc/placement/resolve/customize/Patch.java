package io.edgemc.placement.resolve.customize;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A change of an object as data. */
public sealed interface Patch {
    void apply(ObjectNode object, String field) throws RenderException;

    /** RFC 7386. */
    record Merge(ObjectNode patch) implements Patch {
        @Override
        public void apply(ObjectNode object, String field) {
            merge(object, patch);
        }

        private static void merge(ObjectNode target, ObjectNode patch) {
            patch.properties().forEach(member -> {
                JsonNode value = member.getValue();
                if (value.isNull()) {
                    target.remove(member.getKey());
                } else if (value instanceof ObjectNode inner) {
                    ObjectNode below = target.get(member.getKey()) instanceof ObjectNode present
                            ? present
                            : target.putObject(member.getKey());
                    merge(below, inner);
                } else {
                    target.set(member.getKey(), value.deepCopy());
                }
            });
        }
    }

    /** RFC 6902. */
    record Json(ArrayNode operations) implements Patch {
        @Override
        public void apply(ObjectNode object, String field) throws RenderException {
            for (int i = 0; i < operations.size(); i++) {
                JsonPatchOperation.apply(object, operations.get(i), field + "[" + i + "]");
            }
        }
    }
}
