package io.edgemc.kube.read;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The JSONPath of printer columns: members, {@code [n]}, {@code [*]}, and {@code [?(@.name=="value")]}. What does not parse
 * gives nothing, as in Kubernetes.
 */
final class ColumnPath {
    private sealed interface Step {}

    private record Member(String name) implements Step {}

    private record Index(int index) implements Step {}

    private record Every() implements Step {}

    private record Equal(String[] member, String value) implements Step {}

    private final List<Step> steps;

    private ColumnPath(List<Step> steps) {
        this.steps = steps;
    }

    static ColumnPath parse(String path) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            char c = path.charAt(at);
            if (c == '.') {
                int end = at + 1;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end += path.charAt(end) == '\\' ? 2 : 1;
                }
                end = Math.min(end, path.length());
                if (end > at + 1) {
                    steps.add(new Member(path.substring(at + 1, end).replace("\\", "")));
                }
                at = end;
            } else if (c == '[') {
                int end = path.indexOf(']', at);
                if (end < 0) {
                    return new ColumnPath(List.of(new Index(-1)));
                }
                steps.add(bracket(path.substring(at + 1, end).strip()));
                at = end + 1;
            } else {
                return new ColumnPath(List.of(new Index(-1)));
            }
        }
        return new ColumnPath(steps);
    }

    private static Step bracket(String inside) {
        if (inside.equals("*")) {
            return new Every();
        }
        if (inside.startsWith("?(@.") && inside.endsWith(")")) {
            String[] sides = inside.substring(4, inside.length() - 1).split("==", 2);
            if (sides.length == 2) {
                return new Equal(sides[0].strip().split("\\."), unquoted(sides[1].strip()));
            }
        }
        String name = unquoted(inside);
        if (!name.equals(inside)) {
            return new Member(name);
        }
        try {
            return new Index(Integer.parseInt(inside));
        } catch (NumberFormatException e) {
            return new Index(-1);
        }
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** All values that the path leads to. */
    List<JsonNode> values(JsonNode object) {
        List<JsonNode> current = List.of(object);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : current) {
                switch (step) {
                    case Member member -> add(next, node.path(member.name()));
                    case Index index -> add(next, node.path(index.index()));
                    case Every every -> node.forEach(next::add);
                    case Equal equal ->
                        node.forEach(element -> {
                            JsonNode value = element;
                            for (String part : equal.member()) {
                                value = value.path(part);
                            }
                            if (value.asString("").equals(equal.value())) {
                                next.add(element);
                            }
                        });
                }
            }
            current = next;
        }
        return current;
    }

    private static void add(List<JsonNode> nodes, JsonNode node) {
        if (!node.isMissingNode()) {
            nodes.add(node);
        }
    }
}
