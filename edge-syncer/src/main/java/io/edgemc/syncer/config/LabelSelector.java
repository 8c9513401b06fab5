package io.edgemc.syncer.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A Kubernetes label selector; every requirement must hold. */
public record LabelSelector(List<Requirement> requirements) {
    /** How a requirement compares. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST
    }

    /** One condition on one label. */
    public record Requirement(String key, Operator operator, List<String> values) {
        boolean matches(JsonNode labels) {
            JsonNode value = labels.path(key);
            boolean in = value.isString() && values.contains(value.stringValue());
            return switch (operator) {
                case IN -> in;
                case NOT_IN -> !in;
                case EXISTS -> value.isString();
                case DOES_NOT_EXIST -> !value.isString();
            };
        }
    }

    static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /** Reads {@code matchLabels} and {@code matchExpressions}; throws {@link IllegalArgumentException} for an unknown operator. */
    static LabelSelector parse(JsonNode json) {
        List<Requirement> requirements = new ArrayList<>();
        for (Map.Entry<String, JsonNode> label : json.path("matchLabels").properties()) {
            requirements.add(new Requirement(
                    label.getKey(), Operator.IN, List.of(label.getValue().asString(""))));
        }
        for (JsonNode expression : json.path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            expression.path("values").forEach(value -> values.add(value.asString("")));
            requirements.add(new Requirement(
                    expression.path("key").asString(""),
                    operator(expression.path("operator").asString("")),
                    List.copyOf(values)));
        }
        return new LabelSelector(requirements);
    }

    boolean matches(JsonNode labels) {
        return requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }

    private static Operator operator(String text) {
        return switch (text) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
            default -> throw new IllegalArgumentException("not an operator of a label selector: " + text);
        };
    }
}
