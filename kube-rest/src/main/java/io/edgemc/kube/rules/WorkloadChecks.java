package io.edgemc.kube.rules;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Groups {@code apps} and {@code batch}, and replication controllers. */
final class WorkloadChecks {
    private static final Pattern PERCENT = Pattern.compile("[0-9]+%");

    private WorkloadChecks() {}

    static void of(String kind, ObjectNode object, Findings findings) {
        JsonNode spec = object.path("spec");
        switch (kind) {
            case "deployments.apps" -> {
                selected(spec, "deployment", findings);
                deployment(spec, findings);
                always(spec, "spec.template.spec", findings);
            }
            case "replicasets.apps", "daemonsets.apps", "statefulsets.apps" -> {
                if (kind.equals("statefulsets.apps")) {
                    podManagement(spec.path("podManagementPolicy"), findings);
                }
                selected(spec, singular(kind), findings);
                always(spec, "spec.template.spec", findings);
            }
            case "replicationcontrollers" -> always(spec, "spec.template.spec", findings);
            case "jobs.batch" -> {
                job(spec, findings);
                ending(spec.path("template").path("spec"), "spec.template.spec", findings);
            }
            default -> {
                Schedules.check(spec, findings);
                ending(
                        spec.path("jobTemplate").path("spec").path("template").path("spec"),
                        "spec.jobTemplate.spec.template.spec",
                        findings);
            }
        }
        String template = kind.equals("cronjobs.batch") ? "spec.jobTemplate.spec.template" : "spec.template";
        BuiltInChecks.labels(template + ".labels", Places.node(object, template + ".metadata.labels"), findings);
    }

    private static void podManagement(JsonNode policy, Findings findings) {
        if (!List.of("OrderedReady", "Parallel").contains(policy.asString(""))) {
            findings.invalid("spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'");
        }
    }

    private static String singular(String kind) {
        return switch (kind) {
            case "daemonsets.apps" -> "daemonset";
            case "statefulsets.apps" -> "statefulset";
            default -> "replicaset";
        };
    }

    private static void selected(JsonNode spec, String what, Findings findings) {
        JsonNode selector = spec.path("selector");
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        if (selector.isObject()
                && selector.path("matchLabels").isEmpty()
                && selector.path("matchExpressions").isEmpty()) {
            findings.invalid("spec.selector", selector, "empty selector is invalid for " + what);
            return;
        }
        boolean broken =
                findings.all().stream().anyMatch(problem -> problem.field().startsWith("spec.selector"));
        if (!broken && !Selectors.matches(selector, labels)) {
            findings.invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
        }
    }

    private static void always(JsonNode spec, String path, Findings findings) {
        JsonNode policy = spec.path("template").path("spec").path("restartPolicy");
        boolean known = List.of("OnFailure", "Never").contains(policy.asString(""));
        if (known) {
            findings.unsupported(path + ".restartPolicy", policy, List.of("Always"));
        }
    }

    private static void ending(JsonNode pod, String path, Findings findings) {
        if (pod.path("restartPolicy").asString("").equals("Always")) {
            findings.required(path + ".restartPolicy", "valid values: \"OnFailure\", \"Never\"");
        }
    }

    private static void deployment(JsonNode spec, Findings findings) {
        JsonNode strategy = spec.path("strategy");
        JsonNode rolling = strategy.path("rollingUpdate");
        switch (strategy.path("type").asString("")) {
            case "Recreate" -> {
                if (rolling.isObject()) {
                    findings.forbidden(
                            "spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> rolling(rolling, findings);
            default ->
                findings.unsupported(
                        "spec.strategy",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("Type", strategy.path("type").asString(""))
                                .putNull("RollingUpdate"),
                        List.of("Recreate", "RollingUpdate"));
        }
        int ready = spec.path("minReadySeconds").asInt(0);
        JsonNode deadline = spec.path("progressDeadlineSeconds");
        if (deadline.isNumber() && deadline.asInt() <= ready) {
            findings.invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
        }
    }

    private static void rolling(JsonNode rolling, Findings findings) {
        boolean zero = true;
        for (String member : List.of("maxUnavailable", "maxSurge")) {
            JsonNode value = rolling.path(member);
            String path = "spec.strategy.rollingUpdate." + member;
            if (value.isString() && !PERCENT.matcher(value.asString()).matches()) {
                findings.invalid(
                        path,
                        value,
                        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or"
                                + " '93%', regex used for validation is '[0-9]+%')");
            } else if (value.isNumber() && value.asInt() < 0) {
                findings.invalid(path, value, "must be greater than or equal to 0");
            }
            zero &= value.isNumber() ? value.asInt() == 0 : value.asString("").equals("0%");
        }
        if (zero) {
            findings.invalid(
                    "spec.strategy.rollingUpdate.maxUnavailable",
                    rolling.path("maxUnavailable"),
                    "may not be 0 when `maxSurge` is 0");
        }
    }

    private static void job(JsonNode spec, Findings findings) {
        JsonNode selector = spec.path("selector");
        boolean manual = spec.path("manualSelector").asBoolean(false);
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        String uid = labels.path("batch.kubernetes.io/controller-uid").asString("");
        boolean generated = selector.path("matchLabels").size() == 1
                && selector.path("matchExpressions").isEmpty()
                && selector.path("matchLabels")
                        .path("batch.kubernetes.io/controller-uid")
                        .asString("")
                        .equals(uid);
        if (!manual && !generated && !uid.isEmpty()) {
            findings.invalid("spec.selector", selector, "`selector` not auto-generated");
        }
        if (!Selectors.matches(selector, labels)) {
            findings.invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
        }
        if (spec.path("completionMode").asString("").equals("Indexed") && !spec.has("completions")) {
            findings.required("spec.completions", "when completion mode is Indexed");
        }
    }
}
