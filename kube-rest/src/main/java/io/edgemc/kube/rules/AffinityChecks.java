package io.edgemc.kube.rules;

import io.edgemc.kube.api.Names;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Where pods want to run: affinities to nodes and to other pods, and how they spread. */
final class AffinityChecks {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final Set<String> OPERATORS = Set.of("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt");

    private AffinityChecks() {}

    static void of(JsonNode pod, String path, Findings findings) {
        JsonNode affinity = pod.path("affinity");
        String at = path + ".affinity";
        nodes(affinity.path("nodeAffinity"), at + ".nodeAffinity", findings);
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            pods(affinity.path(kind), at + "." + kind, findings);
        }
        JsonNode spreads = pod.path("topologySpreadConstraints");
        for (int i = 0; i < spreads.size(); i++) {
            spread(spreads.get(i), path + ".topologySpreadConstraints[" + i + "]", findings);
        }
    }

    private static void nodes(JsonNode affinity, String path, Findings findings) {
        JsonNode required = affinity.path(REQUIRED);
        JsonNode terms = required.path("nodeSelectorTerms");
        if (required.isObject() && terms.isEmpty()) {
            findings.required(
                    path + "." + REQUIRED + ".nodeSelectorTerms", "must have at least one node selector term");
        }
        for (int i = 0; i < terms.size(); i++) {
            term(terms.get(i), path + "." + REQUIRED + ".nodeSelectorTerms[" + i + "]", findings);
        }
        JsonNode preferred = affinity.path(PREFERRED);
        for (int i = 0; i < preferred.size(); i++) {
            String at = path + "." + PREFERRED + "[" + i + "]";
            weight(preferred.get(i).path("weight"), at, findings);
            term(preferred.get(i).path("preference"), at + ".preference", findings);
        }
    }

    private static void weight(JsonNode weight, String path, Findings findings) {
        if (weight.asInt(0) < 1 || weight.asInt(0) > 100) {
            findings.invalidShown(path + ".weight", Integer.toString(weight.asInt(0)), "must be in the range 1-100");
        }
    }

    private static void term(JsonNode term, String path, Findings findings) {
        JsonNode expressions = term.path("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            JsonNode expression = expressions.get(i);
            String at = path + ".matchExpressions[" + i + "]";
            int values = expression.path("values").size();
            switch (expression.path("operator").asString("")) {
                case "In", "NotIn" -> {
                    if (values == 0) {
                        findings.required(at + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                    }
                }
                case "Exists", "DoesNotExist" -> {
                    if (values > 0) {
                        findings.forbidden(
                                at + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    }
                }
                case "Gt", "Lt" -> {
                    if (values != 1) {
                        findings.required(
                                at + ".values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
                    }
                }
                default -> {}
            }
            if (!OPERATORS.contains(expression.path("operator").asString(""))) {
                findings.invalid(at + ".operator", expression.path("operator"), "not a valid selector operator");
            }
            String key = expression.path("key").asString("");
            if (!Names.isLabelKey(key)) {
                findings.invalid(at + ".key", key, Names.whyNoLabelKey(key));
            }
        }
    }

    private static void pods(JsonNode affinity, String path, Findings findings) {
        JsonNode required = affinity.path(REQUIRED);
        for (int i = 0; i < required.size(); i++) {
            podTerm(required.get(i), path + "." + REQUIRED + "[" + i + "]", findings);
        }
        JsonNode preferred = affinity.path(PREFERRED);
        for (int i = 0; i < preferred.size(); i++) {
            String at = path + "." + PREFERRED + "[" + i + "]";
            weight(preferred.get(i).path("weight"), at, findings);
            podTerm(preferred.get(i).path("podAffinityTerm"), at + ".podAffinityTerm", findings);
        }
    }

    private static void podTerm(JsonNode term, String path, Findings findings) {
        Selectors.parts(path + ".labelSelector", term.path("labelSelector"), findings);
        Selectors.parts(path + ".namespaceSelector", term.path("namespaceSelector"), findings);
        String key = term.path("topologyKey").asString("");
        if (key.isEmpty()) {
            findings.required(path + ".topologyKey", "can not be empty");
            findings.invalid(path + ".topologyKey", key, "name part must be non-empty");
            findings.invalid(path + ".topologyKey", key, Names.QUALIFIED_RULE);
        } else if (!Names.isLabelKey(key)) {
            findings.invalid(path + ".topologyKey", key, Names.whyNoLabelKey(key));
        }
    }

    private static void spread(JsonNode spread, String path, Findings findings) {
        JsonNode skew = spread.path("maxSkew");
        if (skew.asInt(0) <= 0) {
            findings.invalidShown(path + ".maxSkew", Integer.toString(skew.asInt(0)), "must be greater than zero");
        }
        if (spread.path("topologyKey").asString("").isEmpty()) {
            findings.required(path + ".topologyKey", "can not be empty");
        }
    }
}
