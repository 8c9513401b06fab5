package io.edgemc.kube.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes valid JSON a little: in its tree, and then maybe in its text. */
final class Trees {
    private static final String HOLE = "\"@hole@\"";

    private final Random random;

    Trees(Random random) {
        this.random = random;
    }

    <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** The text of a tree in which a few places are not what they were. */
    String changed(String json) {
        String text = json;
        for (int i = random.nextInt(4); i > 0; i--) {
            try {
                text = changedOnce(text);
            } catch (RuntimeException e) {
                return text; // it is no JSON any more
            }
        }
        return text;
    }

    private String changedOnce(String json) {
        JsonNode tree = JsonMapper.shared().readTree(json);
        List<JsonNode> containers = new ArrayList<>();
        collect(tree, containers);
        JsonNode at = one(containers);
        String value = one(Seeds.VALUES);
        if (at instanceof ObjectNode object) {
            List<String> names = new ArrayList<>(object.propertyNames());
            String name = names.isEmpty() || chance(20) ? one(Seeds.NAMES) : one(names);
            if (chance(15)) {
                object.remove(name);
                return tree.toString();
            }
            object.put(name, "@hole@");
        } else if (at instanceof ArrayNode array) {
            if (!array.isEmpty() && chance(30)) {
                array.add(array.get(random.nextInt(array.size())));
                return tree.toString();
            }
            array.add("@hole@");
        }
        return tree.toString().replace(HOLE, value);
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    /** Bytes of a text, of which sometimes a few are others, gone, or too many. */
    byte[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || chance(75)) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(5)) {
            case 0 -> java.util.Arrays.copyOf(bytes, at);
            case 1 -> {
                byte[] other = bytes.clone();
                other[at] = (byte) random.nextInt(256);
                yield other;
            }
            case 2 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)});
            case 3 -> joined(bytes, 0, new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf});
            default ->
                joined(
                        bytes,
                        at,
                        one(List.of(
                                        "{", "}", "[", "]", "\"", ",", ":", "\\u12", "\0", "&a ", "*a", "!!x ", "---\n",
                                        "#"))
                                .getBytes(StandardCharsets.UTF_8));
        };
    }

    private static byte[] joined(byte[] bytes, int at, byte[] more) {
        byte[] all = new byte[bytes.length + more.length];
        System.arraycopy(bytes, 0, all, 0, at);
        System.arraycopy(more, 0, all, at, more.length);
        System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
        return all;
    }

    /** Some of these pieces after each other. */
    String pieces(List<String> pieces, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most) + 1; i > 0; i--) {
            text.append(one(pieces));
        }
        return text.toString();
    }
}
