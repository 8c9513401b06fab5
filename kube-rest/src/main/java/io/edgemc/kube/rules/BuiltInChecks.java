package io.edgemc.kube.rules;

import io.edgemc.kube.api.Names;
import io.edgemc.kube.schema.FieldProblem;
import io.edgemc.kube.store.KindRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refuses what Kubernetes' code refuses of built-in kinds: {@code checks.txt}, and checks of more than one field. */
public final class BuiltInChecks {
    private record Check(List<String> path, String name, List<String> words) {}

    private static final Map<String, List<Check>> BY_KIND = read();

    private BuiltInChecks() {}

    private static Map<String, List<Check>> read() {
        Map<String, List<Check>> byKind = new HashMap<>();
        for (String[] line : Lines.of("checks.txt")) {
            List<String> words = List.of(line[2].strip().split(" "));
            for (Places.In place : Places.of(line[0], line[1])) {
                byKind.computeIfAbsent(place.kind(), kind -> new ArrayList<>())
                        .add(new Check(Places.members(place.path()), words.getFirst(), words.subList(1, words.size())));
            }
        }
        return byKind;
    }

    /** {@code before} is what the object replaces, null for a new one. */
    public static List<FieldProblem> of(KindRef kind, @Nullable ObjectNode before, ObjectNode object) {
        String name = kind.toString();
        Findings findings = new Findings();
        for (Check check : BY_KIND.getOrDefault(name, List.of())) {
            if (!check.name().equals("immutable")) {
                each(object, check, findings);
            }
        }
        switch (name) {
            case "deployments.apps",
                    "replicasets.apps",
                    "daemonsets.apps",
                    "statefulsets.apps",
                    "jobs.batch",
                    "cronjobs.batch",
                    "replicationcontrollers" -> WorkloadChecks.of(name, object, findings);
            case "events", "events.events.k8s.io" -> EventChecks.of(name, before, object, findings);
            case "services" -> ServiceChecks.of(object, findings);
            case "configmaps", "secrets" -> DataChecks.of(name, object, findings);
            case "limitranges" -> LimitChecks.of(object.path("spec").path("limits"), findings);
            case "resourcequotas" -> ResourceChecks.quota(object.path("spec").path("hard"), findings);
            case "horizontalpodautoscalers.autoscaling" -> AutoscalerChecks.of(object.path("spec"), findings);
            case "networkpolicies.networking.k8s.io" -> NetworkChecks.of(object.path("spec"), findings);
            case "persistentvolumeclaims", "ingresses.networking.k8s.io", "poddisruptionbudgets.policy" ->
                OtherChecks.of(name, object, findings);
            case "roles.rbac.authorization.k8s.io",
                    "clusterroles.rbac.authorization.k8s.io",
                    "rolebindings.rbac.authorization.k8s.io",
                    "clusterrolebindings.rbac.authorization.k8s.io" -> AccessChecks.of(name, object, findings);
            default -> {}
        }
        String pod = Places.PODS.get(name);
        if (pod != null) {
            PodChecks.of(name, Places.node(object, pod), pod, findings);
        }
        if (before != null) {
            for (Check check : BY_KIND.getOrDefault(name, List.of())) {
                if (check.name().equals("immutable")) {
                    unchanged(before, object, check, findings);
                }
            }
            UpdateChecks.of(name, before, object, findings);
        }
        return findings.all();
    }

    private static void unchanged(ObjectNode before, ObjectNode after, Check check, Findings findings) {
        String path = String.join(".", check.path());
        JsonNode now = Places.node(after, path);
        if (!Places.node(before, path).equals(now)) {
            findings.invalid(path, now, "field is immutable");
        }
    }

    private static void each(ObjectNode object, Check check, Findings findings) {
        Places.visit(object, check.path(), "", (holder, at) -> {
            String last = check.path().getLast();
            boolean items = last.endsWith("[*]");
            String member = items ? last.substring(0, last.length() - 3) : last;
            String path = Places.join(at, member);
            JsonNode value = holder.path(member);
            if (items) {
                for (int i = 0; i < value.size(); i++) {
                    one(check, path + "[" + i + "]", value.get(i), findings);
                }
            } else {
                one(check, path, value, findings);
            }
        });
    }

    private static void one(Check check, String path, JsonNode value, Findings findings) {
        switch (check.name()) {
            case "at-least-0" -> {
                if (value.isNumber() && value.asLong(0) < 0) {
                    findings.invalid(path, value, "must be greater than or equal to 0");
                }
            }
            case "required" -> {
                if (value.asString("").isEmpty() && !value.isNumber()) {
                    findings.required(path);
                }
            }
            case "label" -> {
                if (!value.asString("").isEmpty()) {
                    Names.whyNoLabel(value.asString()).forEach(why -> findings.invalid(path, value, why));
                }
            }
            case "subdomain" -> fits(path, value, Names::isSubdomain, Names.SUBDOMAIN_RULE, findings);
            case "host" -> host(path, value, findings);
            case "port" -> {
                if (value.isNumber() && (value.asInt() < 1 || value.asInt() > 65535)) {
                    findings.invalid(path, value, "must be between 1 and 65535, inclusive");
                }
            }
            case "one-of" -> {
                if (value.isString()
                        && !value.asString().isEmpty()
                        && !check.words().contains(value.asString())) {
                    findings.unsupported(path, value, check.words());
                }
            }
            case "labels" -> labels(path, value, findings);
            case "selector" -> Selectors.check(path, value, findings);
            case "config-keys" -> DataChecks.keys(path, value, findings);
            default -> throw new IllegalStateException("no such check: " + check.name());
        }
    }

    private static void host(String path, JsonNode value, Findings findings) {
        String host = value.asString("");
        if (host.contains("*")) {
            boolean wild = host.startsWith("*.") && Names.isSubdomain(host.substring(2));
            fits(path, value, text -> wild, Names.WILDCARD_RULE, findings);
        } else {
            fits(path, value, Names::isSubdomain, Names.SUBDOMAIN_RULE, findings);
        }
    }

    private static void fits(String path, JsonNode value, Predicate<String> rule, String words, Findings findings) {
        String text = value.asString("");
        if (!text.isEmpty() && !rule.test(text)) {
            findings.invalid(path, value, words);
        }
    }

    /** Keys and values of a map of labels. */
    static void labels(String path, JsonNode labels, Findings findings) {
        for (Map.Entry<String, JsonNode> label : labels.properties()) {
            if (!Names.isLabelKey(label.getKey())) {
                findings.invalid(path, label.getKey(), Names.QUALIFIED_RULE);
            }
            if (!Names.isLabelValue(label.getValue().asString(""))) {
                findings.invalid(path, label.getValue(), Names.VALUE_RULE);
            }
        }
    }
}
