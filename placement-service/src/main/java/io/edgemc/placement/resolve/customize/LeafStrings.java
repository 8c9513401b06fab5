package io.edgemc.placement.resolve.customize;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Rewrites every string of a tree in place, map keys left alone. */
final class LeafStrings {
    private LeafStrings() {}

    static void rewrite(ObjectNode root, Rewrite rewrite) throws RenderException {
        rewrite(root, "", rewrite);
    }

    private static void rewrite(JsonNode node, String path, Rewrite rewrite) throws RenderException {
        if (node instanceof ObjectNode object) {
            for (String name : object.propertyNames().toArray(String[]::new)) {
                JsonNode member = object.path(name);
                String at = path.isEmpty() ? name : path + "." + name;
                if (member.isString()) {
                    String text = member.stringValue();
                    String rewritten = rewrite.apply(text, at);
                    if (!rewritten.equals(text)) {
                        object.set(name, StringNode.valueOf(rewritten));
                    }
                } else {
                    rewrite(member, at, rewrite);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode item = array.path(i);
                String at = path + "[" + i + "]";
                if (item.isString()) {
                    array.set(i, StringNode.valueOf(rewrite.apply(item.stringValue(), at)));
                } else {
                    rewrite(item, at, rewrite);
                }
            }
        }
    }

    interface Rewrite {
        String apply(String text, String field) throws RenderException;
    }
}
