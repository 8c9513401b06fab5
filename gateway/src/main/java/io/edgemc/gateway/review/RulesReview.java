package io.edgemc.gateway.review;

import io.edgemc.door.access.Action.OnPath;
import io.edgemc.door.access.Action.OnResource;
import io.edgemc.door.access.Area;
import io.edgemc.door.access.Role;
import io.edgemc.door.access.RoleRules;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody may do in an area, as a list. Kubernetes' rules only add, and cannot say "all but Secrets": where that
 * is the rule, the list is marked incomplete and single questions tell exactly.
 */
final class RulesReview {
    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

    private RulesReview() {}

    static void answer(ObjectNode status, Set<Role> roles, Area area) {
        ArrayNode resourceRules = status.putArray("resourceRules");
        List<String> everything = allowed(roles, area, "*", "*");
        List<String> ordinary = allowed(roles, area, "edge-mc.io", "clusters");
        if (everything.containsAll(VERBS)
                && RoleRules.decide(roles, area, on("*", "*", "*")).allowed()) {
            rule(resourceRules, List.of("*"), "*", "*");
        } else if (!everything.isEmpty()) {
            rule(resourceRules, everything, "*", "*");
        }
        ArrayNode pathRules = status.putArray("nonResourceRules");
        if (RoleRules.decide(roles, area, new OnPath("get", "")).allowed()) {
            ObjectNode rule = pathRules.addObject();
            rule.putArray("verbs").add("get");
            rule.putArray("nonResourceURLs").add("*");
        }
        boolean incomplete = !everything.containsAll(ordinary);
        status.put("incomplete", incomplete);
        if (incomplete) {
            status.put("evaluationError", "not all rules of edge-mc can be listed; ask 'can-i VERB RESOURCE'");
        }
    }

    private static List<String> allowed(Set<Role> roles, Area area, String group, String resource) {
        return VERBS.stream()
                .filter(verb ->
                        RoleRules.decide(roles, area, on(verb, group, resource)).allowed())
                .toList();
    }

    private static OnResource on(String verb, String group, String resource) {
        return new OnResource(verb, group, resource, null, null, null);
    }

    private static void rule(ArrayNode rules, List<String> verbs, String group, String resource) {
        ObjectNode rule = rules.addObject();
        verbs.forEach(rule.putArray("verbs")::add);
        rule.putArray("apiGroups").add(group);
        rule.putArray("resources").add(resource);
    }
}
