package io.edgemc.kube.rules;

import io.edgemc.kube.api.Names;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Label selectors of workloads. */
final class Selectors {
    private static final Set<String> OPERATORS = Set.of("In", "NotIn", "Exists", "DoesNotExist");

    private Selectors() {}

    static void check(String path, JsonNode selector, Findings findings) {
        if (!selector.isObject()) {
            return;
        }
        int before = findings.all().size();
        parts(path, selector, findings);
        if (findings.all().size() > before) {
            findings.invalid(path, selector, "invalid label selector");
        }
    }

    /** Its parts alone, where nobody says once more that the whole is wrong. */
    static void parts(String path, JsonNode selector, Findings findings) {
        BuiltInChecks.labels(path + ".matchLabels", selector.path("matchLabels"), findings);
        for (int i = 0; i < selector.path("matchExpressions").size(); i++) {
            JsonNode expression = selector.path("matchExpressions").get(i);
            String at = path + ".matchExpressions[" + i + "]";
            String operator = expression.path("operator").asString("");
            boolean listed = operator.equals("In") || operator.equals("NotIn");
            if (!OPERATORS.contains(operator)) {
                findings.invalid(at + ".operator", expression.path("operator"), "not a valid selector operator");
            } else if (listed && expression.path("values").isEmpty()) {
                findings.required(at + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
            } else if (!listed && !expression.path("values").isEmpty()) {
                findings.forbidden(
                        at + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
            }
            if (!Names.isLabelKey(expression.path("key").asString(""))) {
                findings.invalid(at + ".key", expression.path("key"), Names.QUALIFIED_RULE);
            }
        }
    }

    /** Whether labels fit; a selector that says nothing fits nothing here. */
    static boolean matches(JsonNode selector, JsonNode labels) {
        for (Map.Entry<String, JsonNode> label : selector.path("matchLabels").properties()) {
            if (!label.getValue().equals(labels.get(label.getKey()))) {
                return false;
            }
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            JsonNode value = labels.path(expression.path("key").asString(""));
            boolean listed = expression.path("values").valueStream().anyMatch(value::equals);
            boolean fits = switch (expression.path("operator").asString("")) {
                case "In" -> listed;
                case "NotIn" -> !listed;
                case "Exists" -> !value.isMissingNode();
                case "DoesNotExist" -> value.isMissingNode();
                default -> false;
            };
            if (!fits) {
                return false;
            }
        }
        return selector.isObject();
    }
}
