package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.schema.Surrogates;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One YAML document as a tree. Few aliases, no tags that make objects, no duplicate keys, a bounded number of nodes. */
final class YamlReader {
    private static final int MOST_NODES = 500_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private int nodes;

    private YamlReader() {}

    /** Of keys that come again, the last counts. */
    static SentBody read(byte[] body, int depth) {
        try {
            try {
                return new SentBody(loaded(body, depth, settings(body, false)));
            } catch (DuplicateKeyException e) {
                LoadSettings settings = settings(body, true);
                JsonNode node = loaded(body, depth, settings);
                return new SentBody(node, YamlDuplicates.of(body, settings), "yaml: unmarshal errors:\n  ");
            }
        } catch (YamlEngineException e) {
            throw ApiError.badRequest("the body is not YAML that can be used: " + firstLine(e.getMessage()));
        }
    }

    private static LoadSettings settings(byte[] body, boolean duplicates) {
        return LoadSettings.builder()
                .setSchema(new GoYaml())
                .setAllowDuplicateKeys(duplicates)
                .setAllowRecursiveKeys(false)
                .setMaxAliasesForCollections(20)
                .setCodePointLimit(body.length + 1)
                .build();
    }

    private static JsonNode loaded(byte[] body, int depth, LoadSettings settings) {
        String text = new String(body, StandardCharsets.UTF_8);
        refuseDeep(text, settings, depth);
        return new YamlReader().tree(new Load(settings).loadFromString(text), depth);
    }

    /** What composes documents calls itself for each level, and needs to be kept from the deepest. */
    private static void refuseDeep(String text, LoadSettings settings, int most) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                default -> {}
            }
            if (depth > most) {
                throw ApiError.badRequest("the body is nested too deeply or has too many nodes");
            }
        }
    }

    private JsonNode tree(@Nullable Object value, int depth) {
        if (depth == 0 || ++nodes > MOST_NODES) {
            throw ApiError.badRequest("the body is nested too deeply or has too many nodes");
        }
        return switch (value) {
            case null -> JSON.nullNode();
            case String text -> JSON.stringNode(Surrogates.repaired(text));
            case Boolean bool -> JSON.booleanNode(bool);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case BigInteger number -> JSON.numberNode(number);
            case Double number when Double.isFinite(number) -> JSON.numberNode(number);
            case List<?> list -> {
                ArrayNode array = JSON.arrayNode();
                list.forEach(element -> array.add(tree(element, depth - 1)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = JSON.objectNode();
                map.forEach((key, element) ->
                        object.set(Surrogates.repaired(String.valueOf(key)), tree(element, depth - 1)));
                yield object;
            }
            default -> throw ApiError.badRequest("the body holds a YAML value that JSON does not have");
        };
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "it cannot be parsed"
                : message.lines().findFirst().orElse("it cannot be parsed");
    }
}
