package io.edgemc.syncer.config;

import io.edgemc.api.object.LabelSelector;
import io.edgemc.api.object.LabelSelector.Operator;
import io.edgemc.api.object.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Label selectors of what the hub sends, and labels of objects at the edge. */
final class LabelSelectors {
    private LabelSelectors() {}

    /** Reads {@code matchLabels} and {@code matchExpressions}; throws {@link IllegalArgumentException} for an unknown operator. */
    static LabelSelector parse(JsonNode json) {
        List<Requirement> requirements = new ArrayList<>();
        for (Map.Entry<String, JsonNode> label : json.path("matchLabels").properties()) {
            requirements.add(new Requirement(
                    label.getKey(), Operator.In, List.of(label.getValue().asString(""))));
        }
        for (JsonNode expression : json.path("matchExpressions")) {
            List<String> values = new ArrayList<>();
            expression.path("values").forEach(value -> values.add(value.asString("")));
            requirements.add(new Requirement(
                    expression.path("key").asString(""),
                    operator(expression.path("operator").asString("")),
                    values));
        }
        return new LabelSelector(requirements);
    }

    static boolean matches(LabelSelector selector, JsonNode labels) {
        return selector.matches(
                key -> labels.path(key).isString() ? labels.path(key).stringValue() : null);
    }

    private static Operator operator(String text) {
        for (Operator operator : Operator.values()) {
            if (operator.name().equals(text)) {
                return operator;
            }
        }
        throw new IllegalArgumentException("not an operator of a label selector: " + text);
    }
}
