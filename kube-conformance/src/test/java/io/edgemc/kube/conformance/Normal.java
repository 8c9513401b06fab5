package io.edgemc.kube.conformance;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes out of an answer what must differ between two servers: ids, versions, times, addresses. Immutable. */
public final class Normal {
    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String pattern, String replacement) {
            return new Rule(Pattern.compile(pattern, Pattern.MULTILINE), replacement);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "<uid>"),
            Rule.of("(\"?resourceVersion\"?\\s*[:=]\\s*\"?)[1-9]\\d*", "$1<version>"),
            Rule.of(
                    "(Resource Version: +|resource version: \\d{9,}, current: |in the precondition \\(|in record \\()\\d+",
                    "$1<version>"),
            Rule.of("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d \\+0000 UTC", "<time>"),
            Rule.of("(\"?continue\"?\\s*[:=]\\s*\"?)[-\\w=.]+", "$1<token>"),
            Rule.of("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[-+]\\d\\d:\\d\\d)", "<time>"),
            Rule.of("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000", "<time>"),
            // When helm did something.
            Rule.of("\\w{3} \\w{3} +\\d+ \\d\\d:\\d\\d:\\d\\d \\d{4}", "<time>"),
            Rule.of("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d+ \\+0000 UTC\\s*", "<time> "),
            Rule.of("(modifiedAt\"?[:=]\\s*\"?)\\d+", "$1<seconds>"),
            Rule.of("\\bUPDATED +", "UPDATED "),
            Rule.of("/tmp/kubectl-edit-\\d+\\.yaml", "/tmp/kubectl-edit.yaml"),
            // Headings of kubectl diff.
            Rule.of("/tmp/(LIVE|MERGED)-\\d+", "/tmp/$1"),
            Rule.of("^((?:---|\\+\\+\\+) \\S+)\\s+\\d{4}-.*$", "$1"),
            // What client-go logs: that its watch ended when its time was over depends on who is faster.
            Rule.of("^I\\d{4} [\\d:.]+ +\\d+ reflector\\.go:\\d+].*\\R?", ""),
            Rule.of("^([EWI])\\d{4} [\\d:.]+ +\\d+ (\\w+\\.go):\\d+]", "$1 $2]"),
            // Names that a server makes.
            Rule.of("\\b(generated-)[a-z0-9]{5}\\b", "$1<random>"),
            Rule.of("\\b10\\.96\\.\\d+\\.\\d+\\b", "<address>"));
    private static final Pattern AGES = Pattern.compile("(?<=\\s)\\d+[smh](\\d+[sm])?(?=\\s|$) ?", Pattern.MULTILINE);
    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Map<String, String> own;
    private final List<Pattern> leftOut;

    /** For one side and one case. */
    public Normal(URI address, String namespace) {
        this(address, namespace, List.of());
    }

    /** For one side and one case; {@code leftOut}: names of objects in lists that are not shown. */
    Normal(URI address, String namespace, List<String> leftOut) {
        this.leftOut = leftOut.stream().map(Pattern::compile).toList();
        own = Map.of(
                address.toString(),
                "<server>",
                address.getHost() + ":" + address.getPort(),
                "<host>",
                namespace,
                "<ns>");
    }

    public String text(String text) {
        String made = text;
        for (Map.Entry<String, String> one : own.entrySet().stream()
                .sorted((a, b) -> b.getKey().length() - a.getKey().length())
                .toList()) {
            made = made.replace(one.getKey(), one.getValue());
        }
        for (Rule rule : RULES) {
            made = rule.pattern().matcher(made).replaceAll(rule.replacement());
        }
        // A table, or one without headings that ends with an age.
        if (made.contains("NAME ")
                || made.matches("(?s).* {2,}\\d+[smh]\\s*")
                || made.contains("AGE")
                || made.contains("Age")
                || made.contains("\"Table\"")) {
            made = AGES.matcher(made).replaceAll("<age> ");
        }
        return made;
    }

    /** As text with sorted members; {@code managedFields} only if they are asked for. */
    public String json(JsonNode json, boolean managedFields) {
        String sorted = SORTED.writeValueAsString(sorted(Unordered.settled(json), managedFields));
        return text(sorted.replaceAll("\"\\d+[smh](\\d+[sm])?\"", "\"<age>\""));
    }

    private boolean isLeftOut(JsonNode element) {
        String name = element.path("name").asString("");
        return leftOut.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private JsonNode sorted(JsonNode node, boolean managedFields) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode made = JsonNodeFactory.instance.objectNode();
                object.properties().stream()
                        .filter(member -> managedFields || !member.getKey().equals("managedFields"))
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(member -> made.set(member.getKey(), sorted(member.getValue(), managedFields)));
                yield made;
            }
            case ArrayNode array -> {
                ArrayNode made = JsonNodeFactory.instance.arrayNode();
                array.valueStream()
                        .filter(element -> !isLeftOut(element))
                        .forEach(element -> made.add(sorted(element, managedFields)));
                yield made;
            }
            default -> node;
        };
    }
}
