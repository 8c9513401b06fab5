package io.edgemc.kube.api;

import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/** YAML out, in the form in which API servers write it: members sorted, lines never folded. */
public final class Yaml {
    /** Go's YAML writer quotes what its reader, or an older one, would not take for a text. */
    private static final class GoQuotes extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean needToQuoteName(String name) {
            return !name.equals(".") && super.needToQuoteName(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || TIME.matcher(value).matches();
        }
    }

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d?-\\d\\d?([Tt ].*)?");
    private static final YAMLMapper MAPPER = YAMLMapper.builder(
                    YAMLFactory.builder().stringQuotingChecker(new GoQuotes()).build())
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private Yaml() {}

    public static String write(JsonNode node) {
        return MAPPER.writeValueAsString(sorted(node));
    }

    private static JsonNode sorted(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode made = object.objectNode();
                object.properties().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(member -> made.set(member.getKey(), sorted(member.getValue())));
                yield made;
            }
            case ArrayNode array -> {
                ArrayNode made = array.arrayNode();
                array.forEach(item -> made.add(sorted(item)));
                yield made;
            }
            default -> node;
        };
    }
}
