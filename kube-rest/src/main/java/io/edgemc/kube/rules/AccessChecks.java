package io.edgemc.kube.rules;

import io.edgemc.kube.api.Names;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Roles and their bindings. */
final class AccessChecks {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private AccessChecks() {}

    static void of(String kind, ObjectNode object, Findings findings) {
        if (kind.startsWith("roles.") || kind.startsWith("clusterroles.")) {
            for (int i = 0; i < object.path("rules").size(); i++) {
                rule(object.path("rules").get(i), "rules[" + i + "]", findings);
            }
            return;
        }
        List<String> kinds = kind.startsWith("cluster") ? List.of("ClusterRole") : List.of("Role", "ClusterRole");
        JsonNode role = object.path("roleRef");
        if (!role.path("apiGroup").asString("").equals(GROUP)) {
            findings.unsupported("roleRef.apiGroup", role.path("apiGroup"), List.of(GROUP));
        }
        if (!kinds.contains(role.path("kind").asString(""))) {
            findings.unsupported("roleRef.kind", role.path("kind"), kinds);
        }
        if (role.path("name").asString("").isEmpty()) {
            findings.required("roleRef.name");
        }
        for (int i = 0; i < object.path("subjects").size(); i++) {
            subject(object.path("subjects").get(i), "subjects[" + i + "]", findings);
        }
    }

    private static void rule(JsonNode rule, String path, Findings findings) {
        if (rule.path("verbs").isEmpty()) {
            findings.required(path + ".verbs", "verbs must contain at least one value");
        }
        if (!rule.path("nonResourceURLs").isEmpty()) {
            return;
        }
        if (rule.path("apiGroups").isEmpty()) {
            findings.required(path + ".apiGroups", "resource rules must supply at least one api group");
        }
        if (rule.path("resources").isEmpty()) {
            findings.required(path + ".resources", "resource rules must supply at least one resource");
        }
    }

    private static void subject(JsonNode subject, String path, Findings findings) {
        JsonNode name = subject.path("name");
        if (name.asString("").isEmpty()) {
            findings.required(path + ".name");
        }
        switch (subject.path("kind").asString("")) {
            case "ServiceAccount" -> {
                if (!name.asString("").isEmpty() && !Names.isSubdomain(name.asString())) {
                    findings.invalid(path + ".name", name, Names.SUBDOMAIN_RULE);
                }
            }
            case "User", "Group" -> {}
            default ->
                findings.unsupported(path + ".kind", subject.path("kind"), List.of("ServiceAccount", "User", "Group"));
        }
    }
}
